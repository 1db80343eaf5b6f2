import { fillText, REASON_TEXTS } from '@mooring/contracts';
import type { ConnectionEventType } from './announce.ts';
import type { Connection } from './connection.ts';

interface News {
  readonly type: ConnectionEventType;
  readonly data: object;
}

type Summary = (data: never, connection: Connection) => string;

const because = ({ reason }: Connection): string => (reason ? `: ${REASON_TEXTS[reason].title}` : '');
const listed = (scopes: readonly string[]): string => (scopes.length > 0 ? scopes.join(', ') : 'none');

const REFRESH_TEXTS = {
  refreshed: 'Access was renewed',
  refused: 'Renewal was refused',
  failed: 'Renewal did not succeed',
};
const CHECK_TEXTS = {
  alive: 'A check found it working',
  dead: 'A check found it cut off',
  no_answer: '{Platform} gave no answer to a check',
};

const SUMMARIES: Readonly<Record<ConnectionEventType, Summary>> = {
  ConnectionEstablished: ({ restored }: { restored: boolean }) => (restored ? 'Connected again' : 'Connected'),
  ConnectionRefreshed: ({ outcome }: { outcome: keyof typeof REFRESH_TEXTS }) => REFRESH_TEXTS[outcome],
  ConnectionChecked: ({ outcome }: { outcome: keyof typeof CHECK_TEXTS }) => CHECK_TEXTS[outcome],
  ConnectionReconnected: () => 'Reconnected',
  ConnectionExpiringSoon: ({ daysLeft }: { daysLeft: number | null }) =>
    daysLeft === null ? 'Access ends soon' : `Access ends in ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'}`,
  ConnectionExpired: (_data, connection) => `Cut off${because(connection)}`,
  ConnectionRecovered: () => 'Works again',
  ConnectionScopesChanged: ({ added, removed }: { added: string[]; removed: string[] }) =>
    `Permissions changed at {Platform}: added ${listed(added)}; removed ${listed(removed)}`,
  ConnectionDisconnected: () => 'Disconnected',
};

/** A history entry in a sentence. */
export function summaryOf(news: News, connection: Connection, platformName: string): string {
  return fillText(SUMMARIES[news.type](news.data as never, connection), { Platform: platformName });
}
