import type { DurationMs, FailureClass, Reason } from '@mooring/contracts';

/** Whom a limit holds back; a limit of one token says nothing about other people's. */
export type LimitScope = 'app' | 'token';

/** What a {@link PlatformFailure} is made of. */
export interface PlatformFailureOptions {
  readonly class: FailureClass;
  readonly reason?: Reason | null;
  readonly retryAfterMs?: DurationMs | null;
  /** Whom a limit holds back: every call of the app (the default), or only those with this token. */
  readonly limitScope?: LimitScope;
  /** Code and subcode of the platform, as `190/460`. */
  readonly platformCode?: string | null;
  /** The platform's words, already without tokens, ids and URLs; for operators. */
  readonly detail?: string;
  /** Scopes that are missing, for class `permission_missing`. */
  readonly scopes?: readonly string[];
  /** True where the platform may have received the request (a rotating refresh token may be spent). */
  readonly mayHaveArrived?: boolean;
  /** Tells operators that our own stored token or key may be at fault. */
  readonly suspectOwnStorage?: boolean;
  readonly cause?: unknown;
}

/** Thrown when a platform refuses, can't be reached, or answers something unreadable. Its message carries no secret. */
export class PlatformFailure extends Error {
  override readonly name = 'PlatformFailure';
  readonly class: FailureClass;
  readonly reason: Reason | null;
  readonly retryAfterMs: DurationMs | null;
  readonly limitScope: LimitScope;
  readonly platformCode: string | null;
  readonly scopes: readonly string[];
  readonly mayHaveArrived: boolean;
  readonly suspectOwnStorage: boolean;

  constructor(options: PlatformFailureOptions) {
    super(options.detail ?? options.class, { cause: options.cause });
    this.class = options.class;
    this.reason = options.reason ?? null;
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.limitScope = options.limitScope ?? 'app';
    this.platformCode = options.platformCode ?? null;
    this.scopes = options.scopes ?? [];
    this.mayHaveArrived = options.mayHaveArrived ?? true;
    this.suspectOwnStorage = options.suspectOwnStorage ?? false;
  }
}

/** Thrown when a call-back isn't the platform's: bad signature, unknown algorithm, too old, unreadable. */
export class InvalidCallbackError extends Error {
  override readonly name = 'InvalidCallbackError';
}
