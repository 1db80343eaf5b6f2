import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A connection remembers how often it went to another grant, so that an old consent never moves it back. */
export class ConnectionMoves1795262700000 implements MigrationInterface {
  readonly name = 'ConnectionMoves1795262700000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table gateway.connections add column grant_moves integer not null default 0`);
  }

  async down(): Promise<void> {
    // Migrations only ever expand.
  }
}
