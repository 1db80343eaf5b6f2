import { randomUUID } from 'node:crypto';
import { passwordChanged } from './test-adapter.ts';
import { type Connected, gate, VaultFixture } from './vault-fixture.ts';

const vault = new VaultFixture();
beforeAll(() => vault.start(), 60_000);
afterAll(() => vault.stop());
beforeEach(() => vault.platform.reset());

/** Another process, to which the attempt went when the lease lapsed, has answered it already. */
const answeredElsewhere = async ({ grant }: Connected): Promise<void> => {
  await vault.admin.query(`update vault.attempts set state = 'done', outcome = 'silent' where grant_id = $1`, [
    grant.grantId,
  ]);
};

describe('an attempt that two processes did', () => {
  it('announces new tokens that were stored, though the attempt was answered', async () => {
    const connected = await vault.connect(1);
    vault.platform.faults.refresh = () => answeredElsewhere(connected);
    expect(await vault.refresh(connected.grant)).toMatchObject({
      type: 'TokenRefreshed',
      data: { grant: { generation: connected.grant.generation + 1 } },
    });
  });

  it('announces that a grant was declared dead, though the attempt was answered', async () => {
    const connected = await vault.connect(1);
    vault.platform.faults.refresh = async () => {
      await answeredElsewhere(connected);
      throw passwordChanged();
    };
    const told = await vault.refresh(connected.grant);
    expect(told).toMatchObject({ type: 'TokenRefreshFailed' });
    expect(told.data).toMatchObject({ grant: { cutOff: { reason: 'password_changed' } } });
  });

  it('announces what an inspection found, though the attempt was answered', async () => {
    const connected = await vault.connect(1);
    vault.platform.killAll(passwordChanged());
    vault.platform.faults.inspect = () => answeredElsewhere(connected);
    const { grant } = (await vault.inspect(connected.grant)).data;
    expect(grant.connections).toMatchObject([{ cutOff: { reason: 'password_changed' } }]);
  });
});

describe('a consent that comes in while the person’s last connection is let go', () => {
  const grantOf = (sessionId: string) => vault.one('select 1 from vault.grants where session_id = $1', [sessionId]);

  it('is refused for another try where the platform took it back after it was given', async () => {
    const connected = await vault.connect(1);
    const { reach, open, reached } = gate();
    vault.platform.faults.discover = reach;
    const sessionId = randomUUID();
    const opening = vault.open(sessionId);
    await reached;
    expect((await vault.release(connected, 0)).body).toEqual({ result: 'revoked' });
    open();
    expect(await opening).toMatchObject({ status: 503, body: { code: 'platform_unavailable' } });
    expect(await grantOf(sessionId)).toBeUndefined();
    vault.platform.faults = {};
    expect((await vault.open(sessionId)).status).toBe(200);
  });

  it('waits for a revocation that is under way in another workspace, and is refused', async () => {
    vault.workspaceId = 'other';
    const connected = await vault.connect(1);
    const revoking = gate();
    vault.platform.faults.revoke = revoking.reach;
    const releasing = vault.release(connected, 0);
    await revoking.reached;
    vault.workspaceId = 'acme';
    const sessionId = randomUUID();
    const opening = vault.open(sessionId);
    const waiting = `select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted`;
    let settled = false;
    void opening.then(() => (settled = true));
    while (!settled && (await vault.one<{ n: number }>(waiting))!.n === 0);
    revoking.open();
    expect((await releasing).body).toEqual({ result: 'revoked' });
    expect(await opening).toMatchObject({ status: 503, body: { code: 'platform_unavailable' } });
    expect(await grantOf(sessionId)).toBeUndefined();
  });

  it('stands where the consent was kept for others', async () => {
    const connected = await vault.connect(2);
    const { reach, open, reached } = gate();
    vault.platform.faults.discover = reach;
    const opening = vault.open();
    await reached;
    expect((await vault.release(connected, 0)).body).toEqual({ result: 'kept_for_siblings' });
    open();
    expect((await opening).status).toBe(200);
  });
});
