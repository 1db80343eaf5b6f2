export { createInstagramAdapter } from './adapter.ts';
export { INSTAGRAM } from './definition.ts';
export { INSTAGRAM_ERROR_ROWS } from './error-table.ts';
export { INSTAGRAM_GUIDANCE } from './guidance.ts';
export { ASKED_SCOPES as INSTAGRAM_ASKED_SCOPES } from './scopes.ts';
export type { InstagramSettings } from './settings.ts';
