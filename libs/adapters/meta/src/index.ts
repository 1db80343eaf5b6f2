export * from './facebook/index.ts';
export { FACEBOOK_ERROR_ROWS as META_ERROR_ROWS } from './facebook/error-table.ts';
export * from './instagram/index.ts';
export type { MetaErrorRow } from './graph/error-row.ts';
