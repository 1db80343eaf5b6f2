import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { passwordChanged, transient } from './test-adapter.ts';
import { type Answer, gate, VaultFixture } from './vault-fixture.ts';

interface DeletionAnswer {
  readonly url: string;
  readonly confirmation_code: string;
}

const vault = new VaultFixture({}, { HOUSEKEEPING_MS: '100', PUBLIC_URL: 'https://mooring.test' });
beforeAll(() => vault.start());
afterAll(() => vault.stop());
beforeEach(() => vault.platform.reset());

const ask = (subjectId: string, id = randomUUID() as string): Promise<Answer<DeletionAnswer>> =>
  vault.call('callbacks', 'POST', '/webhooks/facebook/data-deletion', {
    body: { subjectId, id },
    headers: { 'x-signature': 'signed' },
  });

const page = async ({ body }: Answer<DeletionAnswer>): Promise<string> => {
  const { status, body: text } = await vault.call<string>('callbacks', 'GET', new URL(body.url).pathname);
  expect(status).toBe(200);
  return text;
};

async function pageThatSays(answer: Answer<DeletionAnswer>, words: string): Promise<void> {
  for (let text = ''; !text.includes(words); text = await page(answer)) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('a request to have data deleted', () => {
  it('is answered with an address and a code, the same for every delivery, and deletes what the dead consent left', async () => {
    const { grant, connections } = await vault.connect(2);
    vault.platform.killAll(passwordChanged());
    const id = randomUUID();
    const answer = await ask(vault.platform.subject.id, id);
    expect(answer.status).toBe(200);
    const { url, confirmation_code: code } = answer.body;
    expect(url).toBe(`https://mooring.test/webhooks/facebook/data-deletion/${code}`);
    expect((await ask(vault.platform.subject.id, id)).body).toEqual(answer.body);
    await pageThatSays(answer, 'have been deleted');
    expect(
      await vault.one(
        `select state, subject_name, wrapped_key,
           (select count(*)::int from vault.sealed_tokens where grant_id = g.id) as tokens from vault.grants g where id = $1`,
        [grant.grantId],
      ),
    ).toEqual({ state: 'destroyed', subject_name: null, wrapped_key: null, tokens: 0 });
    expect((await vault.read(connections[0]!.connectionId)).status).toBe(409);
    // A reconnect begins afresh.
    vault.platform.dead.clear();
    const again = await vault.connect(2);
    expect(again.grant.grantId).not.toBe(grant.grantId);
  });

  it('deletes nothing of a person who has consented again since, and says so', async () => {
    const { grant, connections } = await vault.connect(1);
    const answer = await ask(vault.platform.subject.id);
    await pageThatSays(answer, 'connected again');
    expect(await vault.one('select state from vault.grants where id = $1', [grant.grantId])).toEqual({
      state: 'active',
    });
    expect((await vault.read(connections[0]!.connectionId)).status).toBe(200);
  });

  it('waits for the platform’s answer where it gave none at first, and asks it again', async () => {
    const { grant } = await vault.connect(1);
    vault.platform.faults.inspect = () => {
      throw transient();
    };
    const answer = await ask(vault.platform.subject.id);
    await vault.eventually(grant.grantId, 'TokenInspected', ({ answered }) => !answered);
    expect(await page(answer)).toContain('are being deleted');
    vault.platform.faults = {};
    vault.platform.killAll(passwordChanged());
    vault.limitTime.pass(3_600_000);
    await vault.admin.query(`update vault.attempts set done_at = to_timestamp(0) where state = 'done'`);
    await pageThatSays(answer, 'have been deleted');
  });

  it('deletes nothing under a connection that lives on a token of its own, though the consent’s is dead', async () => {
    const { grant, connections } = await vault.connect(1);
    await vault.admin.query(
      `update vault.grants set cut_off_reason = 'password_changed', cut_off_since = now() where id = $1`,
      [grant.grantId],
    );
    const { reached, open, reach } = gate();
    vault.platform.faults.inspect = reach;
    const answer = await ask(vault.platform.subject.id);
    await reached;
    expect((await vault.read(connections[0]!.connectionId)).status).toBe(200);
    open();
    await pageThatSays(answer, 'is kept');
    expect((await vault.read(connections[0]!.connectionId)).status).toBe(200);
  });

  it('finds the name that a grant of an earlier version kept when it was let go of', async () => {
    const connected = await vault.connect(1);
    const { grantId } = connected.grant;
    expect((await vault.release(connected, 0)).body).toEqual({ result: 'revoked' });
    const name = () => vault.one('select state, subject_name from vault.grants where id = $1', [grantId]);
    expect(await name()).toEqual({ state: 'destroyed', subject_name: null });
    await vault.admin.query(`update vault.grants set subject_name = 'Person' where id = $1`, [grantId]);
    await pageThatSays(await ask(vault.platform.subject.id), 'have been deleted');
    expect(await name()).toEqual({ state: 'destroyed', subject_name: null });
  });

  it('of somebody unknown is answered all the same; a code that was never given is not found', async () => {
    await pageThatSays(await ask('nobody-that-we-know'), 'no data of yours');
    for (const code of ['0'.repeat(32), 'anything', '..%2f..%2fetc']) {
      expect((await vault.call('callbacks', 'GET', `/webhooks/facebook/data-deletion/${code}`)).status).toBe(404);
    }
  });
});
