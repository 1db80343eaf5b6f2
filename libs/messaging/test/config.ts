/** The one place of this package's suites that reads the environment. */
export const TEST_CONFIG = {
  kafkaBrokers: (process.env['KAFKA_BROKERS'] ?? '').split(',').filter((broker) => broker.length > 0),
  isCi: process.env['CI'] === 'true',
};
