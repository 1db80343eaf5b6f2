export { FACEBOOK_ERROR_ANSWERS, INSTAGRAM_ERROR_ANSWERS } from './testing/error-answers.ts';
