import type { ResolvedBusSettings } from '../settings.ts';
import type { BusTransport } from '../transport.ts';
import { newLogPool } from './database.ts';
import { EmbeddedLaneConsumer } from './lane-consumer.ts';
import { LogListener } from './listener.ts';
import { EmbeddedProducer } from './producer.ts';
import { LogRetention } from './retention.ts';

/** The bus as an event log in PostgreSQL. */
export function newEmbeddedTransport(settings: ResolvedBusSettings): BusTransport {
  const pool = newLogPool(settings);
  const producer = new EmbeddedProducer(pool);
  const listener = new LogListener(settings);
  const retention = new LogRetention(pool);
  return {
    kind: 'embedded',
    producer,
    newLaneConsumer: (lane, delivery) => {
      retention.start();
      return new EmbeddedLaneConsumer({ pool, listener, settings }, lane, delivery);
    },
    close: async () => {
      await retention.stop();
      await listener.close();
      await producer.close();
      await pool.end();
    },
  };
}
