export { createFacebookAdapter } from './adapter.ts';
export { FACEBOOK } from './definition.ts';
export { META_ERROR_ROWS, type MetaErrorRow } from './error-table.ts';
export type { DiscoveryBounds, FacebookSettings } from './settings.ts';
