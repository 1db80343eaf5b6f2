import type { DataSource, EntityManager, EntitySubscriberInterface, QueryRunner } from 'typeorm';

const MARK = 'mooring.afterCommit';
const watched = new WeakSet<DataSource>();

/**
 * Calls `then` once the manager's transaction has committed; never where it is rolled back. For what tells of a change
 * (a log line, a wake-up); it must not throw. What must not be lost belongs into the transaction instead, as an event.
 */
export function afterCommit(manager: EntityManager, then: () => void): void {
  const runner = manager.queryRunner;
  if (!runner?.isTransactionActive) throw new Error('there is no transaction to wait for');
  if (!watched.has(runner.dataSource)) {
    watched.add(runner.dataSource);
    runner.dataSource.subscribers.push(subscriber);
  }
  waitingOf(runner).push(then);
}

function waitingOf({ data }: QueryRunner): (() => void)[] {
  const waiting = data as Record<string, (() => void)[] | undefined>;
  return (waiting[MARK] ??= []);
}

const subscriber: EntitySubscriberInterface = {
  afterTransactionCommit: ({ queryRunner }: { queryRunner: QueryRunner }) => {
    // Also called when a savepoint is released.
    if (queryRunner.isTransactionActive) return;
    for (const then of waitingOf(queryRunner).splice(0)) then();
  },
};
