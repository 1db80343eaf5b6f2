export * from './adapter.ts';
export * from './platform-failure.ts';
export * from './platform-http.ts';
