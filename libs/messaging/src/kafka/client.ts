import kafkajs, { type Kafka, type LogEntry } from 'kafkajs';
import { scrubMessage } from '../consume/failure.ts';
import type { ResolvedBusSettings } from '../settings.ts';

const { logLevel } = kafkajs;

/** A kafkajs client. Its requests give up within seconds: a frozen broker must not hold anybody for minutes. */
export function newKafka(settings: ResolvedBusSettings): Kafka {
  const { bounds, logger } = settings;
  return new kafkajs.Kafka({
    clientId: settings.clientId,
    brokers: [...(settings.kafkaBrokers ?? [])],
    ...(settings.kafkaTls ? { ssl: true } : {}),
    ...(settings.kafkaSasl ? { sasl: { ...settings.kafkaSasl } as never } : {}),
    connectionTimeout: bounds.connectTimeoutMs,
    requestTimeout: bounds.requestTimeoutMs,
    enforceRequestTimeout: true,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: bounds.sendRetries },
    logLevel: logLevel.WARN,
    // The library logs at ERROR what the supervisor mends by itself a moment later; whole payloads stay out.
    logCreator:
      () =>
      ({ namespace, log }: LogEntry) =>
        logger.warn({ namespace, groupId: (log as { groupId?: string }).groupId }, scrubMessage(log.message)),
  });
}
