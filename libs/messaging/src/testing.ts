export { kafkaAvailability, type KafkaAvailability, LOCAL_KAFKA_VERSION } from './testing/kafka-jars.ts';
export * from './testing/local-kafka.ts';
export * from './testing/tcp-proxy.ts';
