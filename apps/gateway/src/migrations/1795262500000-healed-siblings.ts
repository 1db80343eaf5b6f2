import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A session remembers which siblings its consent healed. */
export class HealedSiblings1795262500000 implements MigrationInterface {
  readonly name = 'HealedSiblings1795262500000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table gateway.connect_sessions add column healed uuid[] not null default '{}'`);
  }

  async down(): Promise<void> {
    // Migrations only ever expand.
  }
}
