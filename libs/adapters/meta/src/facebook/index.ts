export { createFacebookAdapter } from './adapter.ts';
export { FACEBOOK } from './definition.ts';
export { FACEBOOK_ERROR_ROWS } from './error-table.ts';
export { FACEBOOK_GUIDANCE } from './guidance.ts';
export { ASKED_SCOPES } from './scopes.ts';
export type { DiscoveryBounds, FacebookSettings } from './settings.ts';
