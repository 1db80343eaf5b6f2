import { randomBytes } from 'node:crypto';
import type { PlatformAdapter, VerifiedCallback } from '@mooring/adapters-core';
import { type DurationMs, minutes, MooringError, type Platform } from '@mooring/contracts';
import { rows } from '@mooring/persistence';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { WorkerDatabase } from '../database.ts';

/** Where browsers reach the page about a deletion. */
export abstract class DataDeletionSettings {
  abstract readonly publicUrl: string;
}

/** As Meta asks for it: a page that shows how far it is, and a code that the person may quote. */
export interface DataDeletionAnswer {
  readonly url: string;
  readonly confirmation_code: string;
}

/** How far a deletion is. kept: the person has connected again since, the inspection found the consent alive. */
export interface DataDeletionProgress {
  readonly requestedAt: Date;
  readonly open: number;
  readonly deleted: number;
  readonly kept: number;
}

/** A grant of which it is known what becomes of it since its person asked for deletion. */
export interface GrantToErase {
  readonly code: string;
  readonly grantId: string;
  readonly workspaceId: string;
  readonly result: 'deleted' | 'kept';
}

/** What a notice asked to have deleted. */
export interface RequestedDeletion {
  readonly adapter: Pick<PlatformAdapter, 'platform' | 'credentials'>;
  readonly notice: Pick<VerifiedCallback, 'deduplicationKey' | 'subjectId'>;
  readonly asked: readonly { readonly grantId: string; readonly workspaceId: string; readonly attemptId: string }[];
}

const CODE_BYTES = 16;
const CODE_PATTERN = /^[a-f0-9]{32}$/;
const BATCH_MAX = 100;
/** A platform that gave no answer is asked again after this. */
const SILENT_MS: DurationMs = minutes(10);

/** A connection may live on a token of its own though the consent's is dead: then something is left that is used. */
const NOTHING_LIVES = `(g.id is null or g.state = 'destroyed' or (g.cut_off_reason is not null and not exists (
  select from grant_connections c where c.grant_id = g.id and not c.released and c.cut_off_reason is null)))`;

/** Requests of people, made at a platform, to have their data deleted. */
@Injectable()
export class DataDeletions {
  constructor(
    private readonly worker: WorkerDatabase,
    private readonly settings: DataDeletionSettings,
  ) {}

  /** Writes a request down, in the transaction of its notice. */
  async record(manager: EntityManager, { adapter, notice, asked }: RequestedDeletion): Promise<void> {
    const code = randomBytes(CODE_BYTES).toString('hex');
    await manager.query(
      `insert into data_deletions (code, platform, deduplication_key, grants_found) values ($1, $2, $3, $4)`,
      [code, adapter.platform, notice.deduplicationKey, asked.length],
    );
    for (const { grantId, workspaceId, attemptId } of asked) {
      await manager.query(
        `insert into data_deletion_grants (code, grant_id, workspace_id, attempt_id) values ($1, $2, $3, $4)`,
        [code, grantId, workspaceId, attemptId],
      );
    }
    await forgetNames(manager, code, { adapter, notice });
  }

  /** The same for every delivery of one request. */
  async answerTo(platform: Platform, deduplicationKey: string): Promise<DataDeletionAnswer> {
    const [request] = await rows<{ code: string }>(
      this.worker.dataSource.manager,
      'select code from data_deletions where platform = $1 and deduplication_key = $2',
      [platform, deduplicationKey],
    );
    if (!request) throw new MooringError('not_found');
    const { code } = request;
    return { url: `${this.settings.publicUrl}/webhooks/${platform}/data-deletion/${code}`, confirmation_code: code };
  }

  /** Throws `not_found` for a code that was never given. */
  async progress(platform: Platform, code: string): Promise<DataDeletionProgress> {
    const [found] = CODE_PATTERN.test(code)
      ? await rows<DataDeletionProgress>(
          this.worker.dataSource.manager,
          `select requested_at as "requestedAt",
             (count(g.grant_id) filter (where g.done_at is null))::integer as open,
             (count(*) filter (where g.result = 'deleted'))::integer as deleted,
             (count(*) filter (where g.result = 'kept'))::integer as kept
           from data_deletions d left join data_deletion_grants g using (code)
           where d.platform = $1 and d.code = $2 group by d.code`,
          [platform, code],
        )
      : [];
    if (!found) throw new MooringError('not_found');
    return found;
  }

  /** Grants about which the platform has answered since, or that nothing lives of. */
  ready(): Promise<GrantToErase[]> {
    return rows<GrantToErase>(
      this.worker.dataSource.manager,
      `select d.code, d.grant_id as "grantId", d.workspace_id as "workspaceId",
         case when ${NOTHING_LIVES} then 'deleted' else 'kept' end as result
       from data_deletion_grants d left join grants g on g.id = d.grant_id left join attempts a using (attempt_id)
       where d.done_at is null and (${NOTHING_LIVES} or a.outcome = 'answered')
       limit $1`,
      [BATCH_MAX],
    );
  }

  /** Has the platform asked once more where it gave no answer. */
  async askAgain(): Promise<void> {
    await this.worker.dataSource.query(
      `with silent as (
         select d.code, d.grant_id from data_deletion_grants d left join attempts a using (attempt_id)
         where d.done_at is null and (a.attempt_id is null
           or (a.state = 'done' and a.done_at < clock_timestamp() - $1 * interval '1 millisecond'))
         limit $2),
       again as (
         update data_deletion_grants d set attempt_id = gen_random_uuid() from silent
         where d.code = silent.code and d.grant_id = silent.grant_id returning d.attempt_id, d.workspace_id, d.grant_id)
       insert into attempts (attempt_id, workspace_id, grant_id, kind, trigger)
         select attempt_id, workspace_id, grant_id, 'inspect', 'callback' from again`,
      [SILENT_MS, BATCH_MAX],
    );
  }

  async done({ code, grantId, result }: GrantToErase): Promise<void> {
    await this.worker.dataSource.query(
      `update data_deletion_grants set done_at = clock_timestamp(), result = $3 where code = $1 and grant_id = $2`,
      [code, grantId, result],
    );
  }
}

/** A grant that was let go of holds no token; one that was before the name went with them may still hold that. */
async function forgetNames(
  manager: EntityManager,
  code: string,
  { adapter, notice }: Pick<RequestedDeletion, 'adapter' | 'notice'>,
): Promise<void> {
  await manager.query(
    `with forgotten as (
       update grants set subject_name = null where platform = $2 and client_id = $3 and subject_id = $4
         and state = 'destroyed' and subject_name is not null returning id, workspace_id)
     insert into data_deletion_grants (code, grant_id, workspace_id, attempt_id, result, done_at)
       select $1, id, workspace_id, gen_random_uuid(), 'deleted', clock_timestamp() from forgotten`,
    [code, adapter.platform, adapter.credentials.clientId, notice.subjectId],
  );
}
