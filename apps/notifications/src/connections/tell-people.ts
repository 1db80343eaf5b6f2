import { consentPlatformOf } from '@mooring/adapters';
import type { ConnectionStateData } from '@mooring/contracts';
import type { OpenAlerts } from '../alerts/ports.ts';
import type { NewFeedRow } from '../feed/ports.ts';
import type { ConnectionEvent, NewsDesk, OpenNews, SeenConnection } from './ports.ts';
import { type Change, whatChanged } from './what-changed.ts';
import {
  alertChanged,
  allClearNotice,
  connectionChanged,
  expiredToast,
  expiringNotice,
  refreshToast,
  wasCutOffNotice,
} from './words.ts';

/** Called when rows have been written and before the live stream hears of them. */
export type AfterFeedWrite = () => void | Promise<void>;

/** Turns what happened to a connection into alerts, toasts, the feed and the live stream. */
export class TellPeople {
  readonly #desk: NewsDesk;
  readonly #afterFeedWrite: AfterFeedWrite;
  readonly #wakeTail: () => void;

  constructor(desk: NewsDesk, afterFeedWrite: AfterFeedWrite, wakeTail: () => void) {
    this.#desk = desk;
    this.#afterFeedWrite = afterFeedWrite;
    this.#wakeTail = wakeTail;
  }

  async run(event: ConnectionEvent): Promise<void> {
    const isNew = await this.#desk.once(event, (news) => tell(event, news));
    if (!isNew) return;
    await this.#afterFeedWrite();
    this.#wakeTail();
  }
}

async function tell(event: ConnectionEvent, news: OpenNews): Promise<void> {
  const change = whatChanged(news.seen, event.data.connection);
  const { rows, alertId } = await settleAlert(change, news);
  if (!change.stale) await news.remember({ state: change.current, alertId });
  const owed = [refreshToast(event), change.stale ? wasCutOffNotice(event, change.current) : expiringNotice(event)];
  await news.write([...owed.filter((row) => row !== null), ...rows, connectionChanged(event, change.current)]);
}

interface Settled {
  readonly rows: readonly NewFeedRow[];
  readonly alertId: string | null;
}

async function settleAlert(change: Change, { seen, alerts }: OpenNews): Promise<Settled> {
  const left = change.recovered ? await leaveAlert(seen, change.current, alerts) : [];
  if (!change.cutOff) return { rows: left, alertId: change.recovered ? null : (seen?.alertId ?? null) };
  const { current } = change;
  const alert = await alerts.join({
    connectionId: current.connectionId,
    workspaceId: current.workspaceId,
    displayName: current.displayName,
    grantId: current.grantId,
    episodeId: current.episodeId,
    // The incident is the consent's: an Instagram account behind a Page is cut off at Facebook, with all that it goes with.
    platform: consentPlatformOf(current.kind) ?? current.platform,
    reason: current.reason,
  });
  return { rows: [...left, expiredToast(current, alert.id), alertChanged(alert)], alertId: alert.id };
}

async function leaveAlert(
  seen: SeenConnection | null,
  current: ConnectionStateData,
  alerts: OpenAlerts,
): Promise<NewFeedRow[]> {
  if (!seen?.alertId) return [];
  const outcome = current.status === 'disconnected' ? 'removed' : 'healed';
  const alert = await alerts.leave(seen.alertId, current.connectionId, outcome);
  if (!alert) return [];
  const allClear = allClearNotice(alert);
  return allClear ? [alertChanged(alert), allClear] : [alertChanged(alert)];
}
