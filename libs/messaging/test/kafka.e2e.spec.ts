import { describe, it } from '@jest/globals';
import { kafkaAvailability, startLocalKafka } from '../src/testing.ts';
import { TEST_CONFIG } from './config.ts';
import { describeBusConformance } from './conformance/describe-bus-conformance.ts';
import type { BusHarness, BusUnderTest } from './conformance/harness.ts';

async function startOwn(): Promise<BusUnderTest> {
  const [calm, rough] = await Promise.all([startLocalKafka(), startLocalKafka({ isStarted: false })]);
  const [calmAt, roughAt] = [{ kafkaBrokers: calm.brokers }, { kafkaBrokers: rough.brokers }];
  return {
    calm: { address: calmAt, adminAddress: calmAt },
    rough: {
      address: roughAt,
      adminAddress: roughAt,
      begin: () => rough.restart(),
      kill: () => rough.kill('SIGKILL'),
      restart: () => rough.restart(),
      freeze: () => rough.freeze(),
      thaw: () => rough.thaw(),
    },
    stop: async () => {
      await Promise.all([calm.stop(), rough.stop()]);
    },
  };
}

function useGiven(kafkaBrokers: readonly string[]): BusUnderTest {
  const at = { kafkaBrokers };
  return { calm: { address: at, adminAddress: at }, rough: undefined, stop: () => Promise.resolve() };
}

const { kafkaBrokers, isCi } = TEST_CONFIG;
const availability = await kafkaAvailability();

if (kafkaBrokers.length > 0 || availability.isAvailable) {
  const isGiven = kafkaBrokers.length > 0;
  const harness: BusHarness = {
    transport: 'kafka',
    canBeMistreated: !isGiven,
    start: () => (isGiven ? Promise.resolve(useGiven(kafkaBrokers)) : startOwn()),
  };
  describeBusConformance(isGiven ? 'the Kafka of KAFKA_BROKERS' : 'a local Apache Kafka', harness);
} else {
  const title = `LEFT OUT: Bus conformance on Kafka: ${availability.reason}, and KAFKA_BROKERS is not set`;
  describe(title, () => {
    it('is only left out where CI is not true', () => {
      if (isCi) throw new Error(title);
    });
  });
}
