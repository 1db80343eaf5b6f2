import type { DataSource, EntitySubscriberInterface, QueryRunner } from 'typeorm';

/** Who is told, by schema. One per process: a service writes its outbox through several data sources, for several roles. */
const listeners = new Map<string, Set<() => void>>();
const watched = new WeakSet<DataSource>();
const MARK = 'mooring.outbox';

/** Calls `wake` after every commit in this process that wrote to the schema's outbox; returns how to end that. */
export function onOutboxCommit(schema: string, wake: () => void): () => void {
  const ofSchema = listeners.get(schema) ?? new Set();
  ofSchema.add(wake);
  listeners.set(schema, ofSchema);
  return () => ofSchema.delete(wake);
}

/** Notes that this transaction wrote to the schema's outbox. */
export function noteOutboxWrite(runner: QueryRunner, schema: string): void {
  const { dataSource, data } = runner;
  if (!watched.has(dataSource)) {
    watched.add(dataSource);
    dataSource.subscribers.push(subscriber);
  }
  data[MARK] = schema;
}

const subscriber: EntitySubscriberInterface = {
  afterTransactionCommit: ({ queryRunner }: { queryRunner: QueryRunner }) => {
    // Also called when a savepoint is released; only the outer commit makes rows visible.
    if (queryRunner.isTransactionActive) return;
    const schema: unknown = queryRunner.data[MARK];
    if (typeof schema !== 'string') return;
    delete queryRunner.data[MARK];
    listeners.get(schema)?.forEach((wake) => wake());
  },
};
