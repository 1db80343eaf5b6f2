import type { DurationMs } from '@mooring/contracts';
import type { ReturnUrls } from './return-url.ts';

/** What the operator says about the connect flow. */
export class ConnectSettings {
  readonly returnUrls: ReturnUrls;
  /** From creation until the platform has sent the person back (L-09). */
  readonly linkLifetimeMs: DurationMs;
  /** From then on, to choose. */
  readonly chooseWithinMs: DurationMs;
  /** Rows are kept so long, so that a late link reads as expired and not as tampered with. */
  readonly keepSessionsMs: DurationMs;
  /** A session at work for longer has lost its process; the poller takes it over. Real time. */
  readonly takeOverAfterMs: DurationMs;
  readonly pollEveryMs: DurationMs;
  readonly pollBatchMax: number;

  constructor(settings: { readonly [K in keyof ConnectSettings]: ConnectSettings[K] }) {
    Object.assign(this, settings);
  }
}
