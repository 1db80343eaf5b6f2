import { ReadAuditRetention } from '../src/tokens/read-audit-retention.ts';
import { VaultFixture } from './vault-fixture.ts';

const vault = new VaultFixture();
beforeAll(() => vault.start(), 60_000);
afterAll(() => vault.stop());
beforeEach(() => vault.platform.reset());

const count = (sql: string) => vault.one<{ n: number }>(`select count(*)::int as n from ${sql}`);

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
});
