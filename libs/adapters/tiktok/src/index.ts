export { createTikTokAdapter } from './adapter.ts';
export { TIKTOK } from './definition.ts';
export { TIKTOK_ERROR_ROWS, type TikTokErrorRow } from './error-table.ts';
export type { TikTokSettings } from './settings.ts';
