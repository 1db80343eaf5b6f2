import { classifierOf } from '../graph/errors.ts';
import { FACEBOOK_ERROR_ROWS } from './error-table.ts';

/** Reads what Facebook refuses. */
export const FACEBOOK_ERRORS = classifierOf(FACEBOOK_ERROR_ROWS);
