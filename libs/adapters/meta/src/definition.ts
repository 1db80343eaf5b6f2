import type { PlatformDefinition, PlatformSettingValues } from '@mooring/adapters-core';
import { createFacebookAdapter } from './adapter.ts';
import type { FacebookSettings } from './settings.ts';

/** Facebook Pages. */
export const FACEBOOK: PlatformDefinition = {
  platform: 'facebook',
  names: { name: 'Facebook', accounts: 'Pages' },
  kinds: [{ kind: 'facebook_page', shownUnder: 'facebook', name: 'Facebook Page' }],
  settingsPrefix: 'FACEBOOK',
  settings: {
    FACEBOOK_APP_ID: { kind: 'text', doc: 'App id at Meta; not set means that Facebook can’t be connected.' },
    FACEBOOK_APP_SECRET: { kind: 'secret', doc: 'App secret at Meta.' },
    FACEBOOK_GRAPH_VERSION: { kind: 'text', doc: 'Version of the Graph API.', default: 'v25.0' },
    FACEBOOK_DIALOG_URL: { kind: 'url', doc: 'Where the consent dialog is.', default: 'https://www.facebook.com' },
    FACEBOOK_GRAPH_URL: { kind: 'url', doc: 'Where the Graph API is.', default: 'https://graph.facebook.com' },
    FACEBOOK_WEBHOOK_VERIFY_TOKEN: {
      kind: 'secret',
      doc: "The word agreed with Meta for the subscription of /webhooks/facebook/permissions; not set refuses Meta's challenge.",
      only: 'vault',
    },
  },
  isConfigured: (values) => settingsOf(values) !== undefined,
  origins: (values) => [settingsOf(values)?.graphUrl ?? ''],
  create: (values, ports) => {
    const settings = settingsOf(values);
    if (!settings) throw new RangeError('FACEBOOK_APP_ID and FACEBOOK_APP_SECRET must be set');
    return createFacebookAdapter(settings, ports);
  },
};

function settingsOf(values: PlatformSettingValues): FacebookSettings | undefined {
  const appId = values.text('FACEBOOK_APP_ID');
  const appSecret = values.secret('FACEBOOK_APP_SECRET');
  if (!appId || !appSecret) return undefined;
  const webhookVerifyToken = values.secret('FACEBOOK_WEBHOOK_VERIFY_TOKEN');
  return {
    appId,
    appSecret,
    graphVersion: values.text('FACEBOOK_GRAPH_VERSION') ?? '',
    dialogUrl: values.text('FACEBOOK_DIALOG_URL') ?? '',
    graphUrl: values.text('FACEBOOK_GRAPH_URL') ?? '',
    ...(webhookVerifyToken && { webhookVerifyToken }),
  };
}
