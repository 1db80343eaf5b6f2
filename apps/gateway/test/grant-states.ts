import { randomUUID } from 'node:crypto';
import {
  type ActivatedConnection,
  type AttemptData,
  days,
  type EventData,
  type EventType,
  type GrantConnectionData,
  type GrantStateData,
  type MooringEvent,
  newEvent,
  type OfferedAccount,
  type PendingGrantView,
} from '@mooring/contracts';

export const WORKSPACE = 'acme-north';
/** Its plan has every platform; only olga is in it. */
export const WIDE_WORKSPACE = 'acme-south';
export const SCOPES = ['pages_show_list', 'pages_manage_posts', 'pages_read_engagement'];

/** A Page that a person manages. */
export function page(accountId: string, changes: Partial<OfferedAccount> = {}): OfferedAccount {
  return {
    accountId,
    kind: 'facebook_page',
    displayName: `Page ${accountId}`,
    username: null,
    avatarUrl: null,
    selectable: true,
    unselectableReason: null,
    ...changes,
  };
}

/** What the vault finds behind a consent. */
export function offerOf(changes: Partial<PendingGrantView> = {}): PendingGrantView {
  return {
    sessionId: randomUUID(),
    subjectId: 'person-1',
    subjectName: 'Ada Example',
    existingGrantId: null,
    grantedScopes: SCOPES,
    missingScopes: [],
    accounts: [page('1'), page('2'), page('3', { selectable: false, unselectableReason: 'role_too_low' })],
    ...changes,
  };
}

/** A connection as the vault tells it right after its activation. */
export function activated(
  connection: ActivatedConnection,
  changes: Partial<GrantConnectionData> = {},
): GrantConnectionData {
  return {
    ...connection,
    released: false,
    cutOff: null,
    tokenExpiresAt: null,
    dataAccessExpiresAt: null,
    deadline: null,
    dependsOnRefresh: false,
    grantedScopes: SCOPES,
    missingScopes: [],
    checkedAt: null,
    ...changes,
  };
}

/** A grant as the vault tells it. */
export function grantOf(changes: Partial<GrantStateData> = {}): GrantStateData {
  return {
    grantId: randomUUID(),
    workspaceId: WORKSPACE,
    platform: 'facebook',
    state: 'active',
    version: 1,
    generation: 1,
    accessExpiresAt: null,
    refreshExpiresAt: null,
    dataAccessExpiresAt: null,
    issuedAt: null,
    refreshedAt: null,
    cutOff: null,
    consentAdvice: false,
    episodeId: null,
    policy: {
      refreshKind: 'reexchange',
      refreshLeadMs: days(7),
      refreshAtLifeFraction: null,
      refreshMinimumAgeMs: 0,
      inspectEveryMs: days(1),
    },
    connections: [],
    ...changes,
  };
}

/** An attempt on schedule, or of a person. */
export function attemptBy(trigger: AttemptData['trigger'], requestedBy: string | null = null): AttemptData {
  return { attemptId: randomUUID(), trigger, requestedBy };
}

/** The next state of a grant, with every connection changed alike. */
export function next(
  grant: GrantStateData,
  connection: Partial<GrantConnectionData> = {},
  changes: Partial<GrantStateData> = {},
): GrantStateData {
  const connections = grant.connections.map((one) => ({ ...one, ...connection }));
  return { ...grant, version: grant.version + 1, connections, ...changes };
}

/** An event of the vault or the scheduler. */
export function eventOf<T extends EventType>(type: T, key: string, data: EventData<T>): MooringEvent<T> {
  return newEvent({ type, service: 'vault', subject: key, workspaceId: WORKSPACE, key, time: new Date(), data });
}
