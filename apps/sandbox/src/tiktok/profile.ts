import { disconnect, type OAuthProfile } from '../oauth/index.ts';
import { TIKTOK_PEOPLE } from './people.ts';
import { TIKTOK_NOTICES } from './webhook.ts';

const MINUTE_MS = 60_000;

/** Login Kit as its documentation of November 2026 has it; the switch `oldLifetimes` plays the one before. */
export const TIKTOK_PROFILE: OAuthProfile = {
  name: 'tiktok',
  title: 'TikTok',
  people: [...TIKTOK_PEOPLE],
  scopes: {
    'user.info.basic': 'Read your profile info (avatar, display name)',
    'user.info.profile': 'Read your additional profile information (username, bio)',
    'user.info.stats': 'Read your engagement statistics (likes, followers)',
    'video.list': 'Read your public videos',
    'video.upload': 'Save drafts to TikTok',
    'video.publish': 'Post content to TikTok',
  },
  // Codes hold such characters: an app that doesn't decode them fails.
  code: { prefix: 'ttc*1!', length: 60, lifetimeMs: 10 * MINUTE_MS },
  access: { prefix: 'act.', length: 72, lifetimeSeconds: 7_200 },
  refresh: {
    ...{ prefix: 'rft.', length: 72, lifetimeSeconds: 15_552_000 },
    // The previous one stops working; nothing says that its use ends the others.
    rotation: 'single-use',
    restarts: false,
  },
  pkce: { methods: ['hex'], required: false },
  partialConsent: true,
  switches: {
    oldLifetimes: false,
    oauthErrorsWith200: false,
    pkceRequired: false,
    revokeAnswersObject: false,
    unapprovedScopes: '',
  },
  acts: {
    'age-changed': {
      label: 'Age changed',
      apply: (world, person) => disconnect(world, person, { reason: 'removed', by: 'control' }),
    },
  },
  notices: TIKTOK_NOTICES,
};

/** What tokens lived before, by the documentation's older pages. */
export const OLD_LIFETIMES = { accessSeconds: 86_400, refreshSeconds: 31_536_000 } as const;
