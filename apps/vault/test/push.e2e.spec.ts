import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEFINITIONS, PLATFORMS } from '@mooring/adapters';
import { days } from '@mooring/contracts';
import { PlayedServer } from '../conformance/played-server.ts';
import { PlayedVault } from '../conformance/played-vault.ts';
import { Platforms } from '../src/platforms/platforms.ts';
import { type NoticeGiven, type SignedNotice, SIGNERS } from './signed-notices.ts';

const SECRET = 'secret-of-the-app';
const CREDENTIALS = ['APP_ID', 'CLIENT_ID', 'CLIENT_KEY', 'APP_SECRET', 'CLIENT_SECRET'];
const ORIGINS = ['GRAPH_URL', 'API_URL', 'AUTH_URL'];

let server: PlayedServer;
let vault: PlayedVault;
/** Every call-back of every platform, as the adapters list them. */
const callbacks: (readonly [platform: string, name: string])[] = [];

beforeAll(async () => {
  server = await PlayedServer.start(() => ({ status: 503, body: '' }));
  const settings = DEFINITIONS.flatMap(({ settingsPrefix: prefix, settings: known }) =>
    [
      ...CREDENTIALS.map((key) => [`${prefix}_${key}`, key.endsWith('SECRET') ? SECRET : '1000001'] as const),
      ...ORIGINS.map((key) => [`${prefix}_${key}`, server.origin] as const),
    ].filter(([key]) => key in known),
  );
  vault = await PlayedVault.start({ ...Object.fromEntries(settings), PLATFORM_READINESS_MS: '86400000' });
  for (const platform of PLATFORMS) {
    const { pushNotices } = vault.parts.app.get(Platforms).adapter(platform);
    callbacks.push(...pushNotices.map(({ callback }) => [platform, callback] as const));
  }
});
afterAll(async () => {
  await vault?.parts.close();
  await server?.stop();
});

async function send(path: string, notice: Partial<SignedNotice>, method = 'POST'): Promise<Response> {
  return fetch(`http://127.0.0.1:${vault.parts.ports['callbacks']}${path}`, {
    method,
    headers: { 'content-type': notice.contentType ?? 'application/json', ...notice.headers },
    ...(method === 'GET' ? {} : { body: notice.body ?? '' }),
  });
}

function signed(platform: string, name: string, given: Partial<NoticeGiven> = {}): SignedNotice {
  const sign = SIGNERS[`${platform} ${name}`];
  if (!sign) throw new Error(`how ${platform} signs ${name} must stand in signed-notices.ts`);
  return sign({ secret: SECRET, clientId: '1000001', subjectId: '999000111', at: vault.parts.clock.now(), ...given });
}

/** Everything that a notice could change. */
async function state(): Promise<unknown> {
  const { rows } = await vault.parts.admin.query(
    `select (select count(*)::int from vault.callbacks) as callbacks, (select count(*)::int from vault.attempts) as attempts,
       (select count(*)::int from vault.data_deletions) as deletions,
       (select md5(string_agg(g::text, ',' order by id)) from vault.grants g) as grants`,
  );
  return rows[0];
}

/** Does the same with every call-back of every platform, and says which one is meant where it fails. */
async function everywhere(check: (path: string, callback: readonly [string, string]) => Promise<void>): Promise<void> {
  expect(callbacks.length).toBeGreaterThanOrEqual(7);
  for (const [platform, name] of callbacks) {
    const path = `/webhooks/${platform}/${name}`;
    await check(path, [platform, name]).catch((cause: unknown) => {
      throw new Error(`at ${path}: ${String(cause)}`, { cause });
    });
  }
}

describe('notices of platforms', () => {
  it('B8 change nothing when they are not the platform’s: forged, of another secret, empty, random, of another form', async () => {
    const before = await state();
    await everywhere(async (path, [platform, name]) => {
      const good = signed(platform, name);
      const forged = Object.fromEntries(
        Object.entries(good.headers).map(([key, value]) => [key, value.replace(/.$/, '_')]),
      );
      const bodyForged = { ...good, body: `${good.body} `, headers: forged };
      const unsigned = { ...good, headers: {}, body: name === 'permissions' ? good.body : 'signed_request=AAAA.e30' };
      for (const notice of [
        signed(platform, name, { secret: 'another-secret' }),
        bodyForged,
        unsigned,
        { contentType: good.contentType, body: '' },
        { contentType: 'text/plain', body: good.body },
        { contentType: 'application/octet-stream', body: randomBytes(300).toString('latin1') },
      ]) {
        const { status } = await send(path, notice);
        expect([400, 403]).toContain(status);
      }
      expect((await send(path, { contentType: 'application/json', body: '{"cut' })).status).toBe(400);
    });
    expect(await state()).toEqual(before);
  });

  it('B8 are refused when they are larger than 1 MiB', async () => {
    const before = await state();
    await everywhere(async (path, [platform, name]) => {
      const { contentType, headers } = signed(platform, name);
      const body = `"${'a'.repeat(1_100_000)}"`;
      expect((await send(path, { contentType, headers, body })).status).toBe(413);
    });
    expect(await state()).toEqual(before);
  });

  it('B8 are refused when they are too old', async () => {
    const before = await state();
    await everywhere(async (path, [platform, name]) => {
      const at = new Date(vault.parts.clock.now().getTime() - days(8));
      expect((await send(path, signed(platform, name, { at }))).status).toBe(403);
    });
    expect(await state()).toEqual(before);
  });

  it('B8 of somebody unknown are taken and change nothing; replayed, they are counted once', async () => {
    await everywhere(async (path, [platform, name]) => {
      const before = (await state()) as Record<string, unknown>;
      const notice = signed(platform, name, { subjectId: '424242424242' });
      const answers = [await send(path, notice), await send(path, notice), await send(path, notice)];
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
      const bodies = await Promise.all(answers.map((answer) => answer.text()));
      expect(new Set(bodies).size).toBe(1);
      const after = (await state()) as Record<string, number>;
      expect(after).toMatchObject({ attempts: before['attempts'], grants: before['grants'] });
      expect(after['callbacks']).toBe(Number(before['callbacks']) + 1);
    });
  });

  it('B8 have no other address and no other method', async () => {
    const before = await state();
    for (const path of [
      '/webhooks/nowhere/events',
      '/webhooks/linkedin/events',
      '/webhooks/x/deauthorize',
      '/webhooks/x',
    ]) {
      expect((await send(path, { body: '{}' })).status).toBe(404);
    }
    await everywhere(async (path) => {
      for (const method of ['PUT', 'DELETE', 'PATCH'])
        expect([404, 405]).toContain((await send(path, {}, method)).status);
      expect((await send(`${path}?hub.mode=subscribe&hub.challenge=1&hub.verify_token=guess`, {}, 'GET')).status).toBe(
        403,
      );
    });
    expect(await state()).toEqual(before);
  });
});
