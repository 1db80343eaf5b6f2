import type { ResolvedBusSettings } from '../settings.ts';
import type { BusTransport } from '../transport.ts';
import { newKafka } from './client.ts';
import { KafkaLaneConsumer } from './lane-consumer.ts';
import { KafkaProducer } from './producer.ts';

/** The bus on a Kafka cluster. */
export function newKafkaTransport(settings: ResolvedBusSettings): BusTransport {
  const kafka = newKafka(settings);
  const producer = new KafkaProducer(kafka, settings.bounds);
  return {
    kind: 'kafka',
    producer,
    newLaneConsumer: (lane, delivery) => new KafkaLaneConsumer(kafka, lane, delivery, settings),
    close: () => producer.close(),
  };
}
