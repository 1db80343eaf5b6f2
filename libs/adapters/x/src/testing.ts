export { X_ERROR_ANSWERS } from './testing/error-answers.ts';
