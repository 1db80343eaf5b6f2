export * from './test-tools/test-issuer.ts';
export * from './test-tools/log-capture.ts';
export * from './test-tools/manual-clock.ts';
export * from './test-tools/test-settings.ts';
