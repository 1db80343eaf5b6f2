import { describe, it } from '@jest/globals';
import { kafkaAvailability, type LocalKafka, startLocalKafka } from '../src/testing.ts';
import { TEST_CONFIG } from './config.ts';
import { describeBusConformance } from './conformance/describe-bus-conformance.ts';
import type { BusUnderTest, RoughBus } from './conformance/harness.ts';

const { kafkaBrokers, isCi } = TEST_CONFIG;
const availability = await kafkaAvailability();
const isGiven = kafkaBrokers.length > 0;

async function start(): Promise<BusUnderTest> {
  const calm = isGiven ? undefined : await startLocalKafka();
  const rough = availability.isAvailable ? await startLocalKafka({ isStarted: false }) : undefined;
  const calmAt = { kafkaBrokers: calm?.brokers ?? kafkaBrokers };
  return {
    calm: { address: calmAt, adminAddress: calmAt },
    rough: rough && roughBusOf(rough),
    stop: async () => {
      await Promise.all([calm?.stop(), rough?.stop()]);
    },
  };
}

function roughBusOf(kafka: LocalKafka): RoughBus {
  const address = { kafkaBrokers: kafka.brokers };
  return {
    address,
    adminAddress: address,
    begin: () => kafka.restart(),
    kill: () => kafka.kill('SIGKILL'),
    restart: () => kafka.restart(),
    freeze: () => kafka.freeze(),
    thaw: () => kafka.thaw(),
  };
}

if (isGiven || availability.isAvailable) {
  describeBusConformance(isGiven ? 'the Kafka of KAFKA_BROKERS' : 'a local Apache Kafka', {
    transport: 'kafka',
    // A cluster of somebody else is neither killed nor frozen: that needs a local one.
    whyNotMistreated: availability.reason,
    mustBeWhole: isCi,
    start,
  });
} else {
  const title = `LEFT OUT: Bus conformance on Kafka: ${availability.reason}, and KAFKA_BROKERS is not set`;
  describe(title, () => {
    it('is only left out where CI is not true', () => {
      if (isCi) throw new Error(title);
    });
  });
}
