import type { ConnectionStatus } from '@mooring/contracts';
import type { Connection, Summary } from '../api/model.ts';

/** What a person can narrow the list to. */
export const FILTERS = ['all', 'connected', 'expiring_soon', 'needs_reconnect', 'disconnected'] as const;
/** One of {@link FILTERS}. */
export type Filter = (typeof FILTERS)[number];

/** Names of filters and statuses. */
export const STATUS_NAMES: Readonly<Record<ConnectionStatus, string>> = {
  connected: 'Connected',
  expiring_soon: 'Expiring soon',
  needs_reconnect: 'Needs reconnect',
  disconnected: 'Disconnected',
};

const RANK: Readonly<Record<ConnectionStatus, number>> = {
  needs_reconnect: 0,
  expiring_soon: 1,
  connected: 2,
  disconnected: 3,
};

/** A filter's name, or `all` for what is none. */
export function filterOf(value: string | null): Filter {
  return FILTERS.find((filter) => filter === value) ?? 'all';
}

/** How many connections a filter shows. */
export function countOf(filter: Filter, summary: Summary): number {
  const counts: Record<Filter, number> = {
    all: summary.total,
    connected: summary.connected,
    expiring_soon: summary.expiringSoon,
    needs_reconnect: summary.needsReconnect,
    disconnected: summary.disconnected,
  };
  return counts[filter];
}

/** True where a person should do something, or where access has lapsed. */
export function needsAttention(connection: Pick<Connection, 'status'>): boolean {
  return connection.status === 'needs_reconnect' || connection.status === 'expiring_soon';
}

/** Attention first: cut off, then expiring by date, then the rest by platform and name. */
export function byAttention(a: Connection, b: Connection): number {
  return (
    RANK[a.status] - RANK[b.status] ||
    (a.deadline?.at ?? '').localeCompare(b.deadline?.at ?? '') * (a.status === 'expiring_soon' ? 1 : 0) ||
    a.platform.localeCompare(b.platform) ||
    a.displayName.localeCompare(b.displayName)
  );
}

/** The connections that a filter and a search leave, in the order of {@link byAttention}. */
export function shown(connections: readonly Connection[], filter: Filter, search: string): Connection[] {
  const wanted = search.trim().toLocaleLowerCase();
  return connections
    .filter((connection) => (filter === 'all' ? connection.status !== 'disconnected' : connection.status === filter))
    .filter(({ displayName, username }) => `${displayName} ${username ?? ''}`.toLocaleLowerCase().includes(wanted))
    .sort(byAttention);
}
