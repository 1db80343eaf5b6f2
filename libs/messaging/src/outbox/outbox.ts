import { type MooringEvent, topicOfType, validateEventData } from '@mooring/contracts';
import type { EntityManager } from 'typeorm';
import { cloudEventHeaders } from '../cloud-event.ts';
import { noteOutboxWrite } from './commit-watch.ts';
import { checkedSchema } from './tables.ts';

/** Announces events in the transaction that makes them true. */
export class Outbox {
  readonly #schema: string;
  readonly #insert: string;

  /** @param schema the service's schema, holding the tables of `outboxTablesSql` */
  constructor(schema: string) {
    this.#schema = checkedSchema(schema);
    this.#insert = `INSERT INTO ${this.#schema}.outbox (id, aggregatetype, aggregateid, type, payload, headers)
      SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::jsonb[], $6::jsonb[])`;
  }

  /**
   * Adds events, in this order, to the manager's transaction. Whoever writes must hold the lock on the aggregate's row,
   * or the order per key is not that of the changes. Throws InvalidEventError when data doesn't match its schema,
   * RangeError for a type without a topic, and Error outside a transaction.
   */
  async add(manager: EntityManager, ...events: MooringEvent[]): Promise<void> {
    if (events.length === 0) return;
    if (!manager.queryRunner?.isTransactionActive) throw new Error('the outbox can only be written in a transaction');
    for (const event of events) validateEventData(event.type, event.data);
    await manager.query(this.#insert, [
      events.map((event) => event.id),
      events.map((event) => topicOfType(event.type).name),
      events.map((event) => event.key),
      events.map((event) => event.type),
      events.map((event) => JSON.stringify(event.data)),
      events.map((event) => JSON.stringify(cloudEventHeaders(event))),
    ]);
    noteOutboxWrite(manager.queryRunner, this.#schema);
  }
}
