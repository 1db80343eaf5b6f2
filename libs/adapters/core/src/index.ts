export * from './adapter.ts';
export * from './map-bounded.ts';
export * from './platform-failure.ts';
export * from './platform-http.ts';
export * from './platform-json.ts';
export * from './scrub-text.ts';
export * from './tokens.ts';
export * from './undici-http.ts';
