import type { PlatformAdapter } from '@mooring/adapters-core';
import type { Platform } from '@mooring/contracts';

/** The platforms that this deployment has an app at. */
export abstract class AdapterRegistry {
  abstract get(platform: Platform): PlatformAdapter | undefined;
}

/** What an operator must hear of, because no user can mend it. */
export interface OperatorAlert {
  readonly kind:
    | 'platform_misconfigured'
    | 'stored_token_unreadable'
    | 'orphaned_token'
    | 'revocation_failed'
    | 'refresh_token_missing'
    | 'journal_unwritable';
  readonly platform: Platform;
  /** Words for the log: a platform's code and scrubbed text, never a token. */
  readonly detail: string;
  readonly grantId?: string;
}

/** Tells the operator: a log line and a count. */
export abstract class OperatorAlerts {
  abstract raise(alert: OperatorAlert): void;
}
