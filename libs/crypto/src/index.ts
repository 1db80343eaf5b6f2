export * from './errors.ts';
export * from './key-provider.ts';
export * from './env-key-ring.ts';
export * from './data-keys.ts';
export { type DataKey, open, seal, type SealContext, sealedUnder } from './seal.ts';
export { type NamedKey, zero } from './aes-gcm.ts';
