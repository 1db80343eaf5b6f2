import { randomUUID } from 'node:crypto';
import { hours } from '@mooring/contracts';
import { DiscardStalePending, PENDING_MS_MAX } from '../src/grants/discard-stale-pending.ts';
import { ReadAuditRetention } from '../src/tokens/read-audit-retention.ts';
import { VaultFixture } from './vault-fixture.ts';

const vault = new VaultFixture();
beforeAll(() => vault.start(), 60_000);
afterAll(() => vault.stop());
beforeEach(() => vault.platform.reset());

const NOT_CONFIGURED = 'linkedin';
const count = (sql: string) => vault.one<{ n: number }>(`select count(*)::int as n from ${sql}`);
const stateOf = (sessionId: string) =>
  vault.one<{ id: string; state: string }>(`select id, state from vault.grants where session_id = $1`, [sessionId]);

describe('keeping house', () => {
  it('deletes all of the audit that is too old in one run, however much it is, and nothing else', async () => {
    await vault.admin.query(
      `insert into vault.token_reads (workspace_id, connection_id, reader, read_at)
       select 'acme', gen_random_uuid(), 'publisher', clock_timestamp() - interval '10 years' from generate_series(1, 20001)`,
    );
    await vault.admin.query(
      `insert into vault.token_reads (workspace_id, connection_id, reader) values ('acme', gen_random_uuid(), 'publisher')`,
    );
    expect(await vault.service.app.get(ReadAuditRetention).run()).toBe(20_001);
    expect(await count('vault.token_reads')).toEqual({ n: 1 });
  });

  it('throws forgotten consents away, of a platform that is not configured any more too', async () => {
    const [orphaned, forgotten] = [randomUUID(), randomUUID()];
    for (const sessionId of [orphaned, forgotten]) await vault.open(sessionId);
    await vault.admin.query(`update vault.grants set platform = $2 where session_id = $1`, [orphaned, NOT_CONFIGURED]);
    vault.clock.advance(hours(PENDING_MS_MAX / hours(1) + 1));
    expect(await vault.service.app.get(DiscardStalePending).run()).toBe(2);
    expect(await stateOf(forgotten)).toMatchObject({ state: 'destroyed' });
    expect(await stateOf(orphaned)).toMatchObject({ state: 'revoking' });
  });

  it('C77 destroys the key of a grant in time whose platform is not configured any more', async () => {
    const connected = await vault.connect(1);
    const { grantId } = connected.grant;
    await vault.admin.query(`update vault.grants set platform = $2 where id = $1`, [grantId, NOT_CONFIGURED]);
    expect(await vault.release(connected, 0)).toEqual({ status: 200, body: { result: 'pending' } });
    await vault.admin.query(
      'update vault.releases set give_up_at = clock_timestamp(), not_before = clock_timestamp() where grant_id = $1',
      [grantId],
    );
    await vault.eventually(grantId, 'TokenRevoked', ({ result }) => result === 'failed');
    expect(await vault.one('select state, wrapped_key from vault.grants where id = $1', [grantId])).toEqual({
      state: 'destroyed',
      wrapped_key: null,
    });
  });
});
