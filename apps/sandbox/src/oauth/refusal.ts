import type { Answer } from '../faults/answer.ts';
import type { EndReason } from './state.ts';

/** Everything for which the engine refuses a call; a platform's folder says how it answers each. */
export type RefusalReason =
  // Consent page, code exchange, refresh
  | 'parameter-missing'
  | 'grant-type'
  | 'client-missing'
  | 'client-unknown'
  | 'client-secret'
  | 'code-unknown'
  | 'code-used'
  | 'code-expired'
  | 'code-redirect'
  | 'code-verifier'
  | 'refresh-unknown'
  | 'refresh-expired'
  | 'refresh-spent'
  | 'refresh-ended'
  // Calls with an access token
  | 'token-missing'
  | 'token-unknown'
  | 'token-expired'
  | 'token-ended'
  | 'account-suspended'
  | 'scope-missing'
  | 'no-such-path';

export interface RefusalDetails {
  reason: RefusalReason;
  /** The parameter that is missing, or the scope. */
  name?: string;
  /** Why the token ended, with `token-ended` and `refresh-ended`. */
  end?: EndReason;
  expiredAtMs?: number;
}

/** Thrown by the engine; turned into the platform's own answer by its wire. */
export class OAuthRefusal extends Error {
  override name = 'OAuthRefusal';
  readonly details: RefusalDetails;

  constructor(details: RefusalDetails) {
    super(details.reason);
    this.details = details;
  }
}

/** Thrown by a platform's folder for an answer of its own. */
export class AnswerInstead extends Error {
  override name = 'AnswerInstead';
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`HTTP ${answer.status}`);
    this.answer = answer;
  }
}
