import { signedRequestForm } from '../meta/notices.ts';
import { disconnect, type Notice, type OAuthProfile } from '../oauth/index.ts';
import { instagramPerson, INSTAGRAM_PEOPLE } from './people.ts';

/** One hour, of the token that a code is exchanged for. */
const SHORT_TOKEN_SECONDS = 3_600;

function notice(callback: string, keepsAnswer: boolean): Notice {
  return {
    callback,
    contentType: 'application/x-www-form-urlencoded',
    body: (context) => {
      const { deauthorizeId } = context.world.state.switches;
      const { professionalId } = instagramPerson(context.person.id);
      const named = typeof context.options.subjectId === 'string' || deauthorizeId !== 'professional';
      return signedRequestForm(named ? context : { ...context, subjectId: professionalId });
    },
    headers: () => ({}),
    happens: (world, person) => disconnect(world, person, { reason: 'removed', by: 'control' }),
    keepsAnswer,
  };
}

/** Instagram API with Instagram Login (meta.md §7). */
export const INSTAGRAM_PROFILE: OAuthProfile = {
  name: 'instagram',
  title: 'Instagram Login',
  people: INSTAGRAM_PEOPLE,
  scopes: {
    instagram_business_basic: 'View your profile and media',
    instagram_business_content_publish: 'Create and publish content',
    instagram_business_manage_comments: 'Manage comments on your content',
    instagram_business_manage_messages: 'Manage your messages',
    instagram_business_manage_insights: 'View insights of your account and content',
  },
  code: { prefix: 'AQ', length: 160, lifetimeMs: 3_600_000 },
  access: { prefix: 'IGAA', length: 141, lifetimeSeconds: SHORT_TOKEN_SECONDS },
  refresh: { prefix: '', length: 0, lifetimeSeconds: null, rotation: 'none', restarts: false },
  pkce: { methods: [], required: false },
  partialConsent: true,
  showsMetaFaults: true,
  switches: {
    // 'flat' as observed, with a bare number beyond 2^53; 'documented' wrapped in data.
    tokenAnswer: 'flat',
    meAnswer: 'flat',
    deletePermissions: true,
    // Whom call-backs name: 'app-scoped' or 'professional'; the documentation doesn't say.
    deauthorizeId: 'app-scoped',
  },
  notices: { deauthorize: notice('deauthorize', false), 'data-deletion': notice('data-deletion', true) },
};
