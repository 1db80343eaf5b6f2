import type { PlatformDefinition, PlatformSettingValues } from '@mooring/adapters-core';
import { createTikTokAdapter } from './adapter.ts';
import { ASKED_SCOPES } from './scopes.ts';
import type { TikTokSettings } from './settings.ts';

/** TikTok accounts, by Login Kit and the Content Posting API. */
export const TIKTOK: PlatformDefinition = {
  platform: 'tiktok',
  names: { name: 'TikTok', accounts: 'accounts' },
  kinds: [{ kind: 'tiktok_account', shownUnder: 'tiktok', name: 'TikTok account' }],
  settingsPrefix: 'TIKTOK',
  settings: {
    TIKTOK_CLIENT_KEY: { kind: 'text', doc: 'Client key at TikTok; not set means that TikTok can’t be connected.' },
    TIKTOK_CLIENT_SECRET: { kind: 'secret', doc: 'Client secret at TikTok; webhooks are signed with it too.' },
    TIKTOK_AUTH_URL: { kind: 'url', doc: 'Where the consent page is.', default: 'https://www.tiktok.com' },
    TIKTOK_API_URL: { kind: 'url', doc: 'Where the API is.', default: 'https://open.tiktokapis.com' },
    TIKTOK_PKCE: {
      kind: 'text',
      doc: 'none for an app of platform Web; hex where TikTok’s consent page asks for a code_challenge (platform Desktop).',
      default: 'none',
    },
    TIKTOK_SCOPES: {
      kind: 'list',
      doc: 'Scopes asked for, every one approved for the app: TikTok refuses the whole consent where one isn’t.',
      default: ASKED_SCOPES.join(','),
    },
  },
  isConfigured: (values) => settingsOf(values) !== undefined,
  origins: (values) => [settingsOf(values)?.apiUrl ?? ''],
  create: (values, ports) => {
    const settings = settingsOf(values);
    if (!settings) throw new RangeError('TIKTOK_CLIENT_KEY and TIKTOK_CLIENT_SECRET must be set');
    return createTikTokAdapter(settings, ports);
  },
};

function settingsOf(values: PlatformSettingValues): TikTokSettings | undefined {
  const clientKey = values.text('TIKTOK_CLIENT_KEY');
  const clientSecret = values.secret('TIKTOK_CLIENT_SECRET');
  if (!clientKey || !clientSecret) return undefined;
  const scopes = values.list('TIKTOK_SCOPES');
  return {
    clientKey,
    clientSecret,
    authUrl: values.text('TIKTOK_AUTH_URL') ?? '',
    apiUrl: values.text('TIKTOK_API_URL') ?? '',
    pkce: values.text('TIKTOK_PKCE') ?? 'none',
    ...(scopes && { scopes }),
  };
}
