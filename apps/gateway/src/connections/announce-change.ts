import { type ActorData, type ConnectionStatus, days } from '@mooring/contracts';
import type { Stores } from '../storage/ports.ts';
import { announce, type ConnectionEventType } from './announce.ts';
import type { Connection } from './connection.ts';
import type { FactsDifference } from './grant-facts.ts';

/** Why facts changed: a new consent by somebody, what a check or a renewal found, or a deadline that passed. */
export type Cause = { readonly kind: 'consent'; readonly by: ActorData | null } | { readonly kind: 'finding' };

const DAY_MS = days(1);

/** Whole days until the deadline, counting a begun one. */
export function daysLeft(connection: Connection, now: Date): number | null {
  const { deadlineAt } = connection;
  return deadlineAt ? Math.max(0, Math.ceil((deadlineAt.getTime() - now.getTime()) / DAY_MS)) : null;
}

/**
 * Announces what a difference means (flows.md, Keep alive 5). Answers the types announced; none where nothing that people
 * would notice has changed.
 */
export async function announceChange(
  stores: Stores,
  connection: Connection,
  difference: Pick<FactsDifference, 'before' | 'scopesAdded' | 'scopesRemoved'>,
  circumstances: { readonly cause: Cause; readonly now: Date },
): Promise<ConnectionEventType[]> {
  const { cause, now } = circumstances;
  const by = cause.kind === 'consent' ? cause.by : null;
  const announced: ConnectionEventType[] = [];
  const tell: typeof announce = async (...news) => {
    await announce(...news);
    announced.push(news[2].type);
  };
  if (difference.scopesAdded.length > 0 || difference.scopesRemoved.length > 0) {
    const data = { added: [...difference.scopesAdded], removed: [...difference.scopesRemoved] };
    await tell(stores, connection, { type: 'ConnectionScopesChanged', data }, { at: now, by });
  }
  switch (transitionOf(difference.before, connection.status, cause)) {
    case 'ConnectionExpired':
      await tell(stores, connection, { type: 'ConnectionExpired', data: {} }, { at: now, by });
      break;
    case 'ConnectionReconnected':
      await tell(stores, connection, { type: 'ConnectionReconnected', data: { by } }, { at: now, by });
      break;
    case 'ConnectionRecovered':
      await tell(stores, connection, { type: 'ConnectionRecovered', data: {} }, { at: now, by });
      break;
    case 'ConnectionExpiringSoon': {
      connection.remindedDaysLeft = daysLeft(connection, now);
      const data = { daysLeft: connection.remindedDaysLeft };
      await tell(stores, connection, { type: 'ConnectionExpiringSoon', data }, { at: now, by });
      break;
    }
    default:
  }
  return announced;
}

type Transition = 'ConnectionExpired' | 'ConnectionReconnected' | 'ConnectionRecovered' | 'ConnectionExpiringSoon';

/** The event that a transition is; null for none, and for a deadline that moved away by itself. */
export function transitionOf(
  before: ConnectionStatus | null,
  after: ConnectionStatus,
  cause: Cause,
): Transition | null {
  if (before === null || after === 'disconnected') return null;
  if (after === 'needs_reconnect') return 'ConnectionExpired';
  if (cause.kind === 'consent') return 'ConnectionReconnected';
  if (before === 'needs_reconnect') return 'ConnectionRecovered';
  return after === 'expiring_soon' ? 'ConnectionExpiringSoon' : null;
}
