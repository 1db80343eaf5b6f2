import type { OAuthProfile } from '../oauth/index.ts';
import { REVOKE_NOTICES } from './notices.ts';
import { PEOPLE } from './people.ts';

const TWO_HOURS_SECONDS = 7_200;
/** X documents no end; this is what others claim. */
const HALF_A_YEAR_SECONDS = 15_552_000;

export const X_PROFILE: OAuthProfile = {
  name: 'x',
  title: 'X',
  people: PEOPLE,
  scopes: {
    'tweet.read': 'See posts',
    'tweet.write': 'Post and repost for you',
    'tweet.moderate.write': 'Hide and unhide replies to your posts',
    'users.read': 'See accounts',
    'media.write': 'Upload media for you',
    'dm.read': 'Read your messages',
    'dm.write': 'Send messages for you',
    'offline.access': 'Stay connected until you take access back',
  },
  code: { prefix: 'VGNi', length: 92, lifetimeMs: 30_000 },
  access: { prefix: 'Q0Mz', length: 91, lifetimeSeconds: TWO_HOURS_SECONDS },
  refresh: {
    prefix: 'bWRW',
    length: 91,
    lifetimeSeconds: HALF_A_YEAR_SECONDS,
    rotation: 'strict',
    requiredScope: 'offline.access',
    restarts: true,
  },
  pkce: { methods: ['S256', 'plain'], required: true },
  partialConsent: false,
  switches: { apiRefuses: '', enforceLimits: false },
  notices: REVOKE_NOTICES,
};
