export { TIKTOK_ERROR_ANSWERS } from './testing/error-answers.ts';
