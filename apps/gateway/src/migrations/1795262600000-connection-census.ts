import type { MigrationInterface, QueryRunner } from 'typeorm';

const WORKER = 'mooring_gateway_worker';

/** The worker role may count connections by platform and status: it reads the columns that takes, and nothing else. */
export class ConnectionCensus1795262600000 implements MigrationInterface {
  readonly name = 'ConnectionCensus1795262600000';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      `revoke all on gateway.connections from ${WORKER}`,
      `grant select (platform, phase, cut_off_reason, deadline_at) on gateway.connections to ${WORKER}`,
      `create policy worker on gateway.connections for select to ${WORKER} using (true)`,
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    // Migrations only ever expand.
  }
}
