import type { PlatformDefinition, PlatformSettingValues } from '@mooring/adapters-core';
import { createInstagramAdapter } from './adapter.ts';
import { instagramOrigins } from './endpoints.ts';
import { ASKED_SCOPES } from './scopes.ts';
import type { InstagramSettings } from './settings.ts';

/** Instagram accounts by Instagram Login, without a Facebook Page. */
export const INSTAGRAM: PlatformDefinition = {
  platform: 'instagram',
  names: { name: 'Instagram', accounts: 'professional accounts' },
  kinds: [{ kind: 'instagram_account', shownUnder: 'instagram', name: 'Instagram account' }],
  settingsPrefix: 'INSTAGRAM',
  settings: {
    INSTAGRAM_APP_ID: {
      kind: 'text',
      doc: 'Instagram app id (not the Facebook one of the same app); not set means that Instagram Login is off.',
    },
    INSTAGRAM_APP_SECRET: { kind: 'secret', doc: 'Instagram app secret (not the Facebook one).' },
    INSTAGRAM_GRAPH_VERSION: { kind: 'text', doc: 'Version of the Instagram API.', default: 'v25.0' },
    INSTAGRAM_DIALOG_URL: { kind: 'url', doc: 'Where the consent dialog is.', default: 'https://www.instagram.com' },
    INSTAGRAM_API_URL: { kind: 'url', doc: 'Where codes are exchanged.', default: 'https://api.instagram.com' },
    INSTAGRAM_GRAPH_URL: { kind: 'url', doc: 'Where the API is.', default: 'https://graph.instagram.com' },
    INSTAGRAM_SCOPES: {
      kind: 'list',
      doc: 'Permissions to ask for: those that Meta approved for the app.',
      default: ASKED_SCOPES.join(','),
    },
    INSTAGRAM_WEBHOOK_VERIFY_TOKEN: {
      kind: 'secret',
      doc: "The word agreed with Meta for the subscription of webhooks; not set refuses Meta's challenge.",
      only: 'vault',
    },
  },
  isConfigured: (values) => settingsOf(values) !== undefined,
  origins: (values) => {
    const settings = settingsOf(values);
    return settings ? instagramOrigins(settings) : [];
  },
  create: (values, ports) => {
    const settings = settingsOf(values);
    if (!settings) throw new RangeError('INSTAGRAM_APP_ID and INSTAGRAM_APP_SECRET must be set');
    return createInstagramAdapter(settings, ports);
  },
};

function settingsOf(values: PlatformSettingValues): InstagramSettings | undefined {
  const appId = values.text('INSTAGRAM_APP_ID');
  const appSecret = values.secret('INSTAGRAM_APP_SECRET');
  if (!appId || !appSecret) return undefined;
  const scopes = values.list('INSTAGRAM_SCOPES');
  const webhookVerifyToken = values.secret('INSTAGRAM_WEBHOOK_VERIFY_TOKEN');
  return {
    appId,
    appSecret,
    graphVersion: values.text('INSTAGRAM_GRAPH_VERSION') ?? '',
    dialogUrl: values.text('INSTAGRAM_DIALOG_URL') ?? '',
    apiUrl: values.text('INSTAGRAM_API_URL') ?? '',
    graphUrl: values.text('INSTAGRAM_GRAPH_URL') ?? '',
    ...(scopes?.length && { scopes }),
    ...(webhookVerifyToken && { webhookVerifyToken }),
  };
}
