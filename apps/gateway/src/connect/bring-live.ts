import type { ActorData, GrantStateData } from '@mooring/contracts';
import { announce } from '../connections/announce.ts';
import { announceChange } from '../connections/announce-change.ts';
import { accountKey, type Connection, restate } from '../connections/connection.ts';
import { applyFacts, type FactsDifference, partOf } from '../connections/grant-facts.ts';
import type { Stores } from '../storage/ports.ts';
import type { ConnectSession, PlannedConnection } from './connect-session.ts';

const NOTHING: FactsDifference = { before: null, scopesAdded: [], scopesRemoved: [], detailsChanged: false };

/** Makes the planned connections of a session live with the grant's facts, and announces each of them. */
export async function bringLive(
  stores: Stores,
  session: ConnectSession,
  grant: GrantStateData,
  now: Date,
): Promise<void> {
  const { subject, subjectName: name, onBehalfOfWorkspace } = session;
  const by: ActorData = { subject, name, onBehalfOfWorkspace };
  const planned = new Map(session.planned.map((plan) => [plan.connectionId, plan]));
  for (const connection of await stores.connections.lockMany([...planned.keys()])) {
    const plan = planned.get(connection.id);
    if (!plan || connection.activation >= plan.activation) continue;
    takeConsent(connection, session, now);
    const difference = takeGrant(connection, plan, grant, now);
    await announceLive(stores, connection, { plan, difference, by, now });
  }
}

function takeConsent(connection: Connection, session: ConnectSession, now: Date): void {
  const offered = session.offer?.accounts.find((account) => accountKey(account) === accountKey(connection));
  if (offered) {
    connection.displayName = offered.displayName;
    connection.username = offered.username;
    connection.avatarUrl = offered.avatarUrl;
  }
  connection.consentedAt = now;
  connection.consentedAs = session.offer?.subjectName ?? null;
  if (session.purpose === 'connect') {
    connection.connectedAt = now;
    connection.connectedBy = session.subject;
    connection.connectedByName = session.subjectName;
  }
}

function takeGrant(connection: Connection, plan: PlannedConnection, grant: GrantStateData, now: Date): FactsDifference {
  connection.activation = plan.activation;
  connection.grantId = grant.grantId;
  connection.phase = 'live';
  connection.removedAt = null;
  connection.releaseId = null;
  connection.revocation = null;
  const part = partOf(connection, grant);
  if (part) return applyFacts(connection, { grant, part }, now);
  connection.cutOffReason = null;
  return { ...NOTHING, before: restate(connection, now) };
}

interface Liveness {
  readonly plan: PlannedConnection;
  readonly difference: FactsDifference;
  readonly by: ActorData;
  readonly now: Date;
}

async function announceLive(
  stores: Stores,
  connection: Connection,
  { plan, difference, by, now }: Liveness,
): Promise<void> {
  const occasion = { at: now, by };
  if (plan.origin === 'live') {
    await announce(stores, connection, { type: 'ConnectionReconnected', data: { by } }, occasion);
  } else {
    const restored = plan.origin === 'restored';
    await announce(stores, connection, { type: 'ConnectionEstablished', data: { by, restored } }, occasion);
  }
  // What people would notice beyond that: cut off again already, near its end, other permissions than before.
  const before = connection.status === 'connected' ? null : difference.before;
  const scopes = plan.origin === 'live' ? difference : NOTHING;
  const { scopesAdded, scopesRemoved } = scopes;
  await announceChange(stores, connection, { before, scopesAdded, scopesRemoved }, { cause: { kind: 'finding' }, now });
}
