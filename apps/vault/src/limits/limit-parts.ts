import type { LimitBounds } from './limit-bounds.ts';
import type { LimitNews } from './limit-news.ts';
import type { LimitTime, PermitLedger } from './ports.ts';

/** What the limits of an app work with. */
export interface LimitParts {
  readonly ledger: PermitLedger;
  readonly time: LimitTime;
  readonly bounds: LimitBounds;
  readonly news: LimitNews;
}
