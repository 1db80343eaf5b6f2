export { createXAdapter } from './adapter.ts';
export { X } from './definition.ts';
export { X_ERROR_ROWS, type XErrorRow } from './error-table.ts';
export type { XSettings } from './settings.ts';
