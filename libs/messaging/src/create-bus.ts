import type { Bus, BusStats, StrategyOptions } from './bus.ts';
import type { DeliveryCounters } from './consume/delivery.ts';
import { BusStrategy } from './consume/strategy.ts';
import { newEmbeddedTransport } from './embedded/transport.ts';
import { newKafkaTransport } from './kafka/transport.ts';
import { type BusSettings, resolveBusSettings } from './settings.ts';

/** Connects a process to its bus: Kafka where `kafkaBrokers` is set, else the embedded log. Nothing is awaited from it. */
export function createBus(settings: BusSettings): Bus {
  const resolved = resolveBusSettings(settings);
  const transport = resolved.kafkaBrokers?.length ? newKafkaTransport(resolved) : newEmbeddedTransport(resolved);
  const counters: DeliveryCounters = { handled: 0, retried: 0, deadLettered: 0 };
  const strategies: BusStrategy[] = [];
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await Promise.all(strategies.map((strategy) => strategy.close()));
    await transport.close();
  };
  return {
    kind: transport.kind,
    producer: transport.producer,
    strategy: ({ group }: StrategyOptions) => {
      const { producer, newLaneConsumer } = transport;
      const strategy = new BusStrategy({ group, settings: resolved, producer, counters, newLaneConsumer });
      strategies.push(strategy);
      return strategy;
    },
    stats: (): BusStats => {
      const lanes = strategies.flatMap((strategy) => strategy.stats());
      return { ...counters, lanes, connected: lanes.every((lane) => lane.connected) };
    },
    close: () => (closed ??= close()),
  };
}
