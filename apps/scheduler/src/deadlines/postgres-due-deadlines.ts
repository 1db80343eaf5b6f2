import { type DeadlineKind, type MooringEvent, newEvent } from '@mooring/contracts';
import type { Outbox } from '@mooring/messaging';
import { afterCommit, rows } from '@mooring/persistence';
import { Logger } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { type DeadlineNotice, type DueDeadline, DueDeadlines, type SettledDeadline } from './ports.ts';

const logger = new Logger('Deadlines');

interface DeadlineRow {
  grant_id: string;
  connection_id: string;
  workspace_id: string;
  at: Date;
  kind: DeadlineKind;
  reminded_days: number | null;
  reached: boolean;
  next_at: Date | null;
  now: Date;
}

/** Deadlines in PostgreSQL, as the worker role. Row and notice change together, so that nothing is said twice or never. */
export class PostgresDueDeadlines extends DueDeadlines {
  readonly #dataSource: DataSource;
  readonly #outbox: Outbox;

  constructor(dataSource: DataSource, outbox: Outbox) {
    super();
    this.#dataSource = dataSource;
    this.#outbox = outbox;
  }

  async settle(limit: number, settle: (due: DueDeadline, now: Date) => SettledDeadline): Promise<number> {
    return this.#dataSource.transaction(async (manager) => {
      const due = await rows<DeadlineRow>(
        manager,
        `select grant_id, connection_id, workspace_id, at, kind, reminded_days, reached, next_at, app.app_now() as now
         from deadlines where next_at <= app.app_now() order by next_at limit $1 for update skip locked`,
        [limit],
      );
      const settled = due.map((row) => settle(dueDeadline(row), row.now));
      for (const { deadline } of settled) await writeSettled(manager, deadline);
      await this.#outbox.add(
        manager,
        ...settled.flatMap(({ deadline, notice }) => (notice ? [noticeEvent(deadline, notice, due[0]!.now)] : [])),
      );
      afterCommit(manager, () => settled.forEach(logNotice));
      return due.length;
    });
  }
}

function dueDeadline(row: DeadlineRow): DueDeadline {
  return {
    grantId: row.grant_id,
    connectionId: row.connection_id,
    workspaceId: row.workspace_id,
    at: row.at,
    kind: row.kind,
    remindedDays: row.reminded_days,
    reached: row.reached,
    nextAt: row.next_at,
  };
}

async function writeSettled(manager: EntityManager, deadline: DueDeadline): Promise<void> {
  await manager.query(
    `update deadlines set reminded_days = $3, reached = $4, next_at = $5 where grant_id = $1 and connection_id = $2`,
    [deadline.grantId, deadline.connectionId, deadline.remindedDays, deadline.reached, deadline.nextAt],
  );
}

function noticeEvent(deadline: DueDeadline, notice: DeadlineNotice, now: Date): MooringEvent {
  const event = {
    service: 'scheduler',
    subject: deadline.connectionId,
    key: deadline.grantId,
    workspaceId: deadline.workspaceId,
    time: now,
  } as const;
  return notice.type === 'TokenExpiringSoon'
    ? newEvent({ ...event, type: notice.type, data: notice.data })
    : newEvent({ ...event, type: notice.type, data: notice.data });
}

function logNotice({ deadline, notice }: SettledDeadline): void {
  if (!notice) return;
  const { grantId, connectionId, workspaceId, at, kind } = deadline;
  const about = { grantId, connectionId, workspaceId, deadlineAt: at, deadlineKind: kind };
  if (notice.type === 'TokenDeadlineReached') logger.log({ msg: 'deadline reached', ...about });
  else logger.log({ msg: 'reminder of a deadline', ...about, daysLeft: notice.data.daysLeft });
}
