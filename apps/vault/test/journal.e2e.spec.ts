import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hours, minutes, Secret } from '@mooring/contracts';
import { startTcpProxy } from '@mooring/messaging/testing';
import type { RunningService } from '@mooring/runtime';
import { GrantChanges } from '../src/grants/grant-changes.ts';
import { RefreshGrant } from '../src/refresh/refresh-grant.ts';
import { SealedTokens } from '../src/sealing/sealed-tokens.ts';
import { noAnswer, StrictPlatform } from './strict-platform.ts';
import { CANARY } from './test-adapter.ts';
import { type Connected, gate, VaultFixture } from './vault-fixture.ts';

let platform: StrictPlatform;
const vault = new VaultFixture((now) => (platform = new StrictPlatform(now)), {
  PLATFORM_BREAKER_FAILURES: '1000',
  DRAIN_DEADLINE_MS: '1000',
});
const others: RunningService[] = [];
/** Another one than that of the process that lives on and looks for what others have left. */
let elsewhere: string;
beforeAll(() => vault.start(), 60_000);
afterAll(() => vault.stop());
beforeEach(async () => {
  platform.reset();
  elsewhere = await mkdtemp(join(tmpdir(), 'mooring-elsewhere-'));
});
afterEach(async () => {
  await Promise.all(others.splice(0).map((service) => service.stop()));
  await rm(elsewhere, { recursive: true, force: true });
});

const start = async (...given: Parameters<VaultFixture['startAnother']>): Promise<RunningService> => {
  const service = await vault.startAnother(...given);
  others.push(service);
  return service;
};
const entries = async (directory = vault.journalDirectory): Promise<string[]> =>
  (await readdir(directory, { recursive: true })).filter((name) => name.endsWith('.json'));
const generationOf = ({ grant }: Connected) =>
  vault.one<{ generation: number }>('select generation from vault.grants where id = $1', [grant.grantId]);
const endLeases = () => vault.admin.query(`update vault.leases set expires_at = '-infinity'`);
const newest = async ({ connections }: Connected): Promise<boolean> =>
  platform.isNewest((await vault.read(connections[0]!.connectionId)).body.accessToken);

/** A process that comes no further than this point of a renewal, and is stopped there. */
async function dieAt(point: string, connected: Connected, environment: Record<string, string> = {}): Promise<void> {
  const { reach, reached } = gate();
  const at = (name: string): Promise<void> => (name === point ? reach() : Promise.resolve());
  const service = await vault.startAnother(environment, { faultPoints: { at } });
  const ticket = await vault.attempt(connected.grant, { generation: connected.grant.generation });
  void service.app.get(RefreshGrant).run(ticket);
  await reached;
  // It never comes on from there.
  await service.stop();
  await endLeases();
}

describe('the journal', () => {
  it('C18 holds a sealed answer that the database does not have, and the next start brings it in', async () => {
    const connected = await vault.connect(1);
    await dieAt('vault.after-journal', connected, { JOURNAL_DIR: elsewhere });
    const [file] = await entries(elsewhere);
    const text = await readFile(join(elsewhere, file!), 'utf8');
    expect(text).toContain(connected.grant.grantId);
    expect(text).not.toContain(CANARY);
    expect(await generationOf(connected)).toEqual({ generation: 1 });
    await start({ JOURNAL_DIR: elsewhere });
    expect(await generationOf(connected)).toEqual({ generation: 2 });
    expect(await newest(connected)).toBe(true);
    expect(await entries(elsewhere)).toEqual([]);
    expect(platform.renewals).toBe(1);
  });

  it('C18 C20 is read before anything is spent again, also where a process lives on that did not start afresh', async () => {
    const connected = await vault.connect(1);
    await dieAt('vault.after-journal', connected);
    expect((await vault.refresh(connected.grant)).data).toMatchObject({ grant: { generation: 2, cutOff: null } });
    expect(platform.renewals).toBe(1);
  });

  it('an entry that was committed before changes nothing', async () => {
    const connected = await vault.connect(1);
    await dieAt('vault.after-commit', connected, { JOURNAL_DIR: elsewhere });
    expect(await entries(elsewhere)).toHaveLength(1);
    await start({ JOURNAL_DIR: elsewhere });
    expect(await generationOf(connected)).toEqual({ generation: 2 });
    expect(await entries(elsewhere)).toEqual([]);
    expect(await newest(connected)).toBe(true);
    const orphans = await vault.one('select 1 from vault.sealed_tokens where grant_id = $1 and orphan', [
      connected.grant.grantId,
    ]);
    expect(orphans).toBeUndefined();
  });

  it('C23 an entry of a consent that is being let go is brought in first, and is what gets revoked', async () => {
    const connected = await vault.connect(1);
    await dieAt('vault.after-journal', connected, { JOURNAL_DIR: elsewhere });
    expect((await vault.release(connected, 0)).body).toEqual({ result: 'pending' });
    await start({ JOURNAL_DIR: elsewhere });
    expect(await entries(elsewhere)).toEqual([]);
    const { grantId } = connected.grant;
    await vault.eventually(grantId, 'TokenRevoked', ({ result }) => result === 'revoked');
    expect(platform.isNewest(platform.revoked.at(-1)!.token!)).toBe(true);
    expect(await vault.one('select 1 from vault.sealed_tokens where grant_id = $1', [grantId])).toBeUndefined();
  });

  it('an entry of a consent that is gone is dropped', async () => {
    const connected = await vault.connect(1);
    await dieAt('vault.after-journal', connected, { JOURNAL_DIR: elsewhere });
    await vault.admin.query('update vault.grants set doubt_since = to_timestamp(0) where id = $1', [
      connected.grant.grantId,
    ]);
    expect((await vault.release(connected, 0)).body).toEqual({ result: 'revoked' });
    await start({ JOURNAL_DIR: elsewhere });
    expect(await entries(elsewhere)).toEqual([]);
  });

  it('of another machine is waited for as long as it may come back, though the access token has lapsed', async () => {
    const connected = await vault.connect(1);
    await dieAt('vault.after-journal', connected, { JOURNAL_DIR: elsewhere });
    vault.clock.advance(hours(3));
    const { data } = await vault.refresh(connected.grant);
    expect(data).toMatchObject({ failure: { class: 'transient' }, grant: { cutOff: null } });
    expect(platform.renewals).toBe(1);
    await start({ JOURNAL_DIR: elsewhere });
    expect(await generationOf(connected)).toEqual({ generation: 2 });
    expect(await newest(connected)).toBe(true);
  });

  it('of another machine is taken for lost after the grace time; what is lost with it is said', async () => {
    const connected = await vault.connect(1);
    await dieAt('vault.after-journal', connected, { JOURNAL_DIR: elsewhere });
    await vault.admin.query(`update vault.grants set doubt_since = doubt_since - interval '11 minutes' where id = $1`, [
      connected.grant.grantId,
    ]);
    expect((await vault.refresh(connected.grant)).data).toMatchObject({ failure: { class: 'transient' } });
    vault.clock.advance(hours(3));
    const { data } = await vault.refresh(connected.grant);
    expect(data).toMatchObject({ grant: { cutOff: { reason: 'refresh_answer_lost' } } });
  });

  it('that can’t be written: nothing is spent, reads go on, and the process is not ready', async () => {
    const connected = await vault.connect(1);
    const notADirectory = join(vault.journalDirectory, 'file');
    await writeFile(notADirectory, '');
    const service = await start({ JOURNAL_DIR: notADirectory });
    const ticket = await vault.attempt(connected.grant);
    await service.app.get(RefreshGrant).run(ticket);
    expect((await vault.answerTo(ticket)).data).toMatchObject({
      failure: { class: 'transient' },
      grant: { cutOff: null },
    });
    expect(platform.renewals).toBe(0);
    const ready = await fetch(`http://127.0.0.1:${service.operationsPort}/readyz`);
    expect(ready.status).toBe(503);
    expect(vault.logs.lines().some((line) => line['kind'] === 'journal_unwritable')).toBe(true);
    expect(await newest(connected)).toBe(true);
    expect((await vault.refresh(connected.grant)).type).toBe('TokenRefreshed');
    await rm(notADirectory);
  });
});

describe('an orphan', () => {
  it('C21 that was given for the generation in doubt is taken up before anything is spent again', async () => {
    const connected = await vault.connect(1);
    platform.renewalFaults.after = () => {
      throw noAnswer();
    };
    await vault.refresh(connected.grant);
    const { grantId, workspaceId } = connected.grant;
    const token = (text: string) => ({ ...platform.issue('orphan'), value: new Secret(text) });
    const fresh = {
      access: token([...platform.latest.accesses.keys()].at(-1)!),
      refresh: token(platform.latest.refresh),
    };
    const tokens = vault.service.app.get(SealedTokens);
    await vault.service.app.get(GrantChanges).underLock(workspaceId, grantId, async ({ manager, grant }) => {
      await tokens.putOrphan(manager, grant, tokens.sealAnswer(await tokens.keyOf(grant), grant, fresh));
    });
    expect((await vault.refresh(connected.grant)).data).toMatchObject({ grant: { generation: 2, cutOff: null } });
    expect(await newest(connected)).toBe(true);
    expect(platform.renewals).toBe(1);
    const orphans = 'select 1 from vault.sealed_tokens where grant_id = $1 and orphan';
    expect(await vault.one(orphans, [grantId])).toBeUndefined();
  });
});

describe('a database that is away after the platform has answered', () => {
  it('C18 is asked again until it is back, and nothing is lost', async () => {
    const connected = await vault.connect(1);
    const { hostname, port } = new URL(vault.urls.url);
    const proxy = await startTcpProxy({ host: hostname, port: Number(port) });
    const through = (url: string): string => Object.assign(new URL(url), { port: String(proxy.port) }).href;
    const service = await start({
      DATABASE_URL: through(vault.urls.url),
      WORKER_DATABASE_URL: through(vault.urls.workerUrl),
    });
    const ticket = await vault.attempt(connected.grant);
    platform.renewalFaults.after = () => proxy.kill();
    const renewing = service.app.get(RefreshGrant).run(ticket);
    while ((await entries()).length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    vault.clock.advance(minutes(1));
    expect(await generationOf(connected)).toEqual({ generation: 1 });
    await proxy.restart();
    expect(await renewing).toEqual({ kind: 'refreshed' });
    expect(await newest(connected)).toBe(true);
    expect(await entries()).toEqual([]);
    await proxy.close();
  });
});
