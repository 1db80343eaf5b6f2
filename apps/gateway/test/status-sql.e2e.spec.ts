import { connectionStatus, days, hours } from '@mooring/contracts';

import { type RunningPostgres, startTestPostgres } from '@mooring/persistence/testing';
import { Client } from 'pg';
import { STATUS_NOW } from '../src/storage/postgres-connection-store.ts';

describe('the status function in SQL', () => {
  let postgres: RunningPostgres;
  let client: Client;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    client = new Client({ connectionString: postgres.adminUrl });
    await client.connect();
  }, 60_000);

  afterAll(async () => {
    await client?.end();
    await postgres?.stop();
  });

  it('L-12 says of every combination of facts what the one in contracts says', async () => {
    const now = new Date('2026-11-01T12:00:00.000Z');
    const deadlines = [null, -days(1), -1, 0, 1, hours(1), days(7) - 1, days(7), days(7) + 1, days(60)];
    for (const phase of ['live', 'removed']) {
      for (const reason of [null, 'role_lost'] as const) {
        for (const leftMs of deadlines) {
          const at = leftMs === null ? null : new Date(now.getTime() + leftMs);
          const { rows } = await client.query<{ status: string }>(
            `select ${STATUS_NOW} as status from (select $2::text as phase, $3::text as cut_off_reason, $4::timestamptz as deadline_at) c
             where $1::timestamptz is not null`,
            [now, phase, reason, at],
          );
          const facts = {
            removed: phase === 'removed',
            cutOff: reason && { reason },
            deadline: at && ({ at, kind: 'data_access' } as const),
          };
          expect([facts, rows[0]?.status]).toEqual([facts, connectionStatus(facts, now).status]);
        }
      }
    }
  });
});
