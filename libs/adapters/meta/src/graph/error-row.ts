import type { FailureClass, Reason } from '@mooring/contracts';
import type { LimitScope } from '@mooring/adapters-core';

/**
 * The form that an error comes in: Graph's envelope, the one of Instagram's token endpoint (whose code is like an HTTP
 * status), or RFC 6749 section 5.2 (not what Meta sends today, but what clients of Meta have met).
 */
export type ErrorEnvelope = 'graph' | 'instagram_token' | 'oauth';

/**
 * One row of Meta's errors. `codes` is a code or an inclusive range, absent for any code. A row with `text` holds only where
 * the answer has no subcode and its message contains the text (lower case): Meta then gives nothing else to tell by.
 */
export interface MetaErrorRow {
  readonly envelope: ErrorEnvelope;
  readonly codes?: readonly [from: number, to: number];
  /** Absent: any. `'unlisted'`: a subcode that no row before this one knows. */
  readonly subcode?: number | 'unlisted';
  readonly text?: string;
  /** The `error` of RFC 6749. */
  readonly name?: string;
  readonly class: FailureClass;
  readonly reason?: Reason;
  /** Our own ciphertext or key, or the choice of token, may be at fault. */
  readonly suspectOwnStorage?: true;
  /** For limits: whom they hold back. */
  readonly limitScope?: LimitScope;
  readonly means: string;
}

/** An error of Meta, freed of its envelope; the same inside `debug_token`, where the subcode's key is another. */
export interface MetaError {
  readonly envelope: ErrorEnvelope;
  readonly code: number | null;
  readonly subcode: number | null;
  readonly name: string | null;
  readonly message: string;
  readonly isTransient: boolean;
}

/** What a row makes of an error. */
export type Outcome = Pick<MetaErrorRow, 'class' | 'reason' | 'suspectOwnStorage' | 'limitScope'>;

/** Outcomes that several rows share. */
export const TRANSIENT: Outcome = { class: 'transient' };
export const APP_LIMITED: Outcome = { class: 'rate_limited', limitScope: 'app' };
export const TOKEN_LIMITED: Outcome = { class: 'rate_limited', limitScope: 'token' };
// The token stays valid and no connection may change for it: like a limit, it ends by waiting.
export const BLOCKED: Outcome = { class: 'rate_limited', reason: 'platform_policy', limitScope: 'token' };
export const OPERATOR: Outcome = { class: 'misconfigured' };
export const INSPECT: Outcome = { class: 'unexpected' };
export const CONSENT_AGAIN: Outcome = { class: 'reauthorization_required', reason: 'unknown' };
export const LAPSED: Outcome = { class: 'reauthorization_required', reason: 'token_lapsed' };
export const REMOVED: Outcome = { class: 'reauthorization_required', reason: 'removed_in_settings' };
export const PASSWORD: Outcome = { class: 'reauthorization_required', reason: 'password_changed' };
export const OWN_STORAGE: Outcome = { ...CONSENT_AGAIN, suspectOwnStorage: true };
export const CHECKPOINT: Outcome = { class: 'user_action_required', reason: 'security_check' };
export const ROLE_LOST: Outcome = { class: 'user_action_required', reason: 'role_lost' };
export const PERMISSION: Outcome = { class: 'permission_missing', reason: 'permission_removed' };

/** A row for a code of Graph, or for a range of codes, whatever the subcode. */
export const row = (code: number | readonly [number, number], outcome: Outcome, means: string): MetaErrorRow => ({
  envelope: 'graph',
  codes: typeof code === 'number' ? [code, code] : code,
  ...outcome,
  means,
});

/** A row for one subcode. */
export const sub = (code: number, subcode: number, outcome: Outcome, means: string): MetaErrorRow => ({
  ...row(code, outcome, means),
  subcode,
});

/** A row for a text, where Meta sends no subcode. */
export const says = (code: number, text: string, outcome: Outcome, means: string): MetaErrorRow => ({
  ...row(code, outcome, means),
  text,
});

/** True where a row of the table speaks of this error. */
export function rowFits(candidate: MetaErrorRow, error: MetaError): boolean {
  if (candidate.envelope !== error.envelope) return false;
  const { codes, subcode, text, name } = candidate;
  if (codes && (error.code === null || error.code < codes[0] || error.code > codes[1])) return false;
  if (name !== undefined && name !== error.name) return false;
  if (subcode === 'unlisted') return error.subcode !== null;
  if (subcode !== undefined) return error.subcode === subcode;
  return text === undefined || (error.subcode === null && error.message.toLowerCase().includes(text));
}
