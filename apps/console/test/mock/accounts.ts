import { randomUUID } from 'node:crypto';
import type { GatewayTypes } from '@mooring/client';

export type Schemas = GatewayTypes['schemas'];
export type Connection = Schemas['ConnectionView'];

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** An instant relative to now, RFC 3339. */
export function fromNow(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString();
}

const KIND_NAMES: Readonly<Record<string, string>> = {
  facebook_page: 'Facebook Page',
  instagram_page_account: 'Instagram account',
  linkedin_organization: 'LinkedIn Company Page',
  tiktok_account: 'TikTok account',
  x_account: 'X account',
  meta_ad_account: 'Ad account',
};

/** A connection that is well, with whatever is to be different. */
export function connection(different: Partial<Connection>): Connection {
  return {
    id: randomUUID(),
    workspaceId: 'harbour-cafe',
    platform: 'facebook',
    kind: 'facebook_page',
    kindName: KIND_NAMES[different.kind ?? 'facebook_page'] ?? '',
    consentPlatform: different.kind === 'instagram_page_account' ? 'facebook' : (different.platform ?? 'facebook'),
    accountId: String(Math.trunc(Math.random() * 1e15)),
    displayName: 'Harbour Café',
    username: null,
    avatarUrl: null,
    status: 'connected',
    reason: null,
    action: null,
    statusSince: fromNow(-40),
    deadline: null,
    consentAdvised: false,
    lastRefreshedAt: fromNow(-3),
    lastCheckedAt: fromNow(-0.12),
    version: 3,
    ...different,
  };
}

/** A workspace in which every status occurs. */
export function demoConnections(): Connection[] {
  return [
    connection({ displayName: 'Harbour Café', username: 'harbourcafe' }),
    connection({ displayName: 'Harbour Café Bakery', username: 'harbourbakery', lastCheckedAt: fromNow(-0.3) }),
    connection({
      displayName: 'harbour.cafe',
      username: 'harbour.cafe',
      platform: 'instagram',
      kind: 'instagram_page_account',
    }),
    connection({ displayName: 'Harbour Group', platform: 'linkedin', kind: 'linkedin_organization' }),
    connection({ displayName: 'Harbour Clips', username: 'harbourclips', platform: 'tiktok', kind: 'tiktok_account' }),
    connection({
      displayName: 'Harbour Café Hamburg Altona and Sankt Pauli',
      username: 'harbour.hamburg',
      status: 'needs_reconnect',
      statusSince: fromNow(-0.09),
      reason: {
        code: 'password_changed',
        title: 'Password changed',
        explanation:
          'The Facebook password of the person who connected this account was changed, which ends every access.',
      },
      action: 'reconnect',
    }),
    connection({
      displayName: 'Harbour Events',
      username: 'harbourevents',
      status: 'needs_reconnect',
      statusSince: fromNow(-2),
      reason: {
        code: 'permission_removed',
        title: 'Permission missing',
        explanation: 'A permission that publishing needs was taken away at Facebook.',
      },
      action: 'grant_permissions',
    }),
    connection({
      displayName: 'Harbour News',
      username: 'harbournews',
      platform: 'x',
      kind: 'x_account',
      status: 'expiring_soon',
      statusSince: fromNow(-3),
      deadline: { at: fromNow(4.2), kind: 'data_access' },
      reason: {
        code: 'data_access_expired',
        title: 'Data access expired',
        explanation: 'The period for which the person allowed access to this data at X is over.',
      },
      action: 'reconnect',
    }),
    connection({ displayName: 'Harbour Summer 2025', status: 'disconnected', statusSince: fromNow(-90) }),
  ];
}

/** What Facebook offers after consent. */
export function demoOffers(): Schemas['OfferedAccountView'][] {
  const offer = (different: Partial<Schemas['OfferedAccountView']>): Schemas['OfferedAccountView'] => ({
    accountId: '',
    platform: 'facebook',
    kind: 'facebook_page',
    kindName: KIND_NAMES[different.kind ?? 'facebook_page'] ?? '',
    countsForPlan: different.kind !== 'meta_ad_account',
    displayName: '',
    username: null,
    avatarUrl: null,
    selectable: true,
    unselectableReason: null,
    unselectableMessage: null,
    connectionId: null,
    ...different,
  });
  return [
    offer({ accountId: '901', displayName: 'Tidewater Bistro', username: 'tidewater' }),
    offer({ accountId: '902', displayName: 'Tidewater Catering' }),
    offer({
      accountId: '903',
      displayName: 'Harbour Café',
      username: 'harbourcafe',
      selectable: false,
      unselectableReason: 'already_connected',
      unselectableMessage: 'Already connected in this workspace.',
    }),
    offer({ accountId: 'act_905', kind: 'meta_ad_account', displayName: 'Tidewater ads' }),
    offer({
      accountId: '904',
      displayName: 'Old Lighthouse',
      selectable: false,
      unselectableReason: 'missing_task' as Schemas['OfferedAccountView']['unselectableReason'],
      unselectableMessage: 'You lack the task to create content on this Page.',
    }),
  ];
}
