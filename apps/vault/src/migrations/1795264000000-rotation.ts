import type { MigrationInterface, QueryRunner } from 'typeorm';
import { readTokensFunction } from './read-tokens-function.ts';

/**
 * What renewing a token that is spent once needs: whether there is anything to renew with, and which generation's refresh
 * token may be spent at the platform without an answer of it being kept here.
 */
export class Rotation1795264000000 implements MigrationInterface {
  readonly name = 'Rotation1795264000000';

  async up(runner: QueryRunner): Promise<void> {
    // No platform that gives refresh tokens could be connected before: nothing has one.
    await runner.query(`alter table vault.grants
      add column has_refresh_token boolean not null default false,
      add column consent_generation integer not null default 0,
      add column doubt_generation integer,
      add column doubt_owner uuid,
      add column doubt_since timestamptz,
      add check ((doubt_generation is null) = (doubt_owner is null)),
      add check ((doubt_generation is null) = (doubt_since is null))`);
    await runner.query(
      `create index grants_doubt on vault.grants (doubt_owner) where doubt_generation = generation and state <> 'destroyed'`,
    );
    await runner.query(readTokensFunction('create or replace', ['g.has_refresh_token']));
  }

  async down(): Promise<void> {
    // Migrations only ever expand.
  }
}
