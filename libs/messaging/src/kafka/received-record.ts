import type { IHeaders, KafkaMessage } from 'kafkajs';
import type { ReceivedRecord } from '../record.ts';

/** A message of kafkajs as a record; header values as UTF-8, the key's bytes kept where they are not. */
export function receivedRecord(at: { topic: string; partition: number }, message: KafkaMessage): ReceivedRecord {
  const key = message.key?.toString('utf8') ?? null;
  const isExact = key === null || message.key === null || Buffer.from(key).equals(message.key);
  return {
    topic: at.topic,
    partition: at.partition,
    offset: BigInt(message.offset),
    key,
    ...(isExact || message.key === null ? {} : { keyBytes: message.key }),
    value: message.value ?? Buffer.alloc(0),
    headers: headersOf(message.headers),
  };
}

function headersOf(headers: IHeaders | undefined): Record<string, string> {
  const values = Object.entries(headers ?? {}).flatMap(([name, value]) => {
    const first = Array.isArray(value) ? value[0] : value;
    return first === undefined ? [] : [[name, first.toString('utf8')] as const];
  });
  return Object.fromEntries(values);
}
