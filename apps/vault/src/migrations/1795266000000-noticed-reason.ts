import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why a platform's own notice says that a consent ended, kept until an inspection knows of the end. */
export class NoticedReason1795266000000 implements MigrationInterface {
  readonly name = 'NoticedReason1795266000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table vault.grants
      add column noticed_reason text,
      add column noticed_consent integer,
      add check ((noticed_reason is null) = (noticed_consent is null))`);
  }

  async down(): Promise<void> {
    // Migrations only ever expand.
  }
}
