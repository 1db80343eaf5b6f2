import { classifierOf } from '../graph/errors.ts';
import { INSTAGRAM_ERROR_ROWS } from './error-table.ts';

/** Reads what Instagram refuses; it often leaves the subcode out, so that texts decide more often than at Facebook. */
export const INSTAGRAM_ERRORS = classifierOf(INSTAGRAM_ERROR_ROWS);
