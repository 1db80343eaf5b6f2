export { createBulletinAdapter } from './adapter.ts';
export { BULLETIN } from './definition.ts';
export { BULLETIN_ERROR_ROWS } from './error-table.ts';
