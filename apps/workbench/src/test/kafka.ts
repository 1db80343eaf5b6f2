import { kafkaAvailability } from '@mooring/messaging/testing';

/** Whether the suites can have a real Kafka: given brokers, or Java and Maven for a local one. */
export async function kafkaOrReason(): Promise<{ how: string } | { reason: string }> {
  if (process.env.KAFKA_BROKERS) return { how: `KAFKA_BROKERS=${process.env.KAFKA_BROKERS}` };
  const availability = await kafkaAvailability();
  return availability.isAvailable ? { how: 'local Apache Kafka' } : { reason: availability.reason ?? 'unknown' };
}
