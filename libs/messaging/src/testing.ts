export * from './testing/local-kafka.ts';
export * from './testing/tcp-proxy.ts';
