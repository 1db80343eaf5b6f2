import type { PlatformDefinition, PlatformSettingValues } from '@mooring/adapters-core';
import { createFacebookAdapter } from './adapter.ts';
import { ASKED_SCOPES } from './scopes.ts';
import type { FacebookSettings } from './settings.ts';

/** Facebook Pages, and what stands behind them: Instagram accounts, ad accounts, pixels. */
export const FACEBOOK: PlatformDefinition = {
  platform: 'facebook',
  names: { name: 'Facebook', accounts: 'Pages' },
  kinds: [
    { kind: 'facebook_page', shownUnder: 'facebook', name: 'Facebook Page' },
    { kind: 'instagram_page_account', shownUnder: 'instagram', name: 'Instagram account (through its Page)' },
    { kind: 'meta_ad_account', shownUnder: 'facebook', name: 'Ad account', countsForPlan: false },
    { kind: 'meta_pixel', shownUnder: 'facebook', name: 'Pixel', countsForPlan: false },
  ],
  settingsPrefix: 'FACEBOOK',
  settings: {
    FACEBOOK_APP_ID: { kind: 'text', doc: 'App id at Meta; not set means that Facebook can’t be connected.' },
    FACEBOOK_APP_SECRET: { kind: 'secret', doc: 'App secret at Meta.' },
    FACEBOOK_GRAPH_VERSION: { kind: 'text', doc: 'Version of the Graph API.', default: 'v25.0' },
    FACEBOOK_DIALOG_URL: { kind: 'url', doc: 'Where the consent dialog is.', default: 'https://www.facebook.com' },
    FACEBOOK_GRAPH_URL: { kind: 'url', doc: 'Where the Graph API is.', default: 'https://graph.facebook.com' },
    FACEBOOK_SCOPES: {
      kind: 'list',
      doc: 'Permissions to ask for: those that Meta approved for the app. Without instagram_basic and instagram_content_publish no Instagram accounts are offered, without ads_read or ads_management no ad accounts.',
      default: ASKED_SCOPES.join(','),
    },
    FACEBOOK_CONFIG_ID: {
      kind: 'text',
      doc: 'Configuration of Facebook Login for Business (of user tokens) whose permissions are asked for in place of the list; it must hold the same.',
    },
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
  const scopes = values.list('FACEBOOK_SCOPES');
  const configId = values.text('FACEBOOK_CONFIG_ID');
  const webhookVerifyToken = values.secret('FACEBOOK_WEBHOOK_VERIFY_TOKEN');
  return {
    appId,
    appSecret,
    graphVersion: values.text('FACEBOOK_GRAPH_VERSION') ?? '',
    dialogUrl: values.text('FACEBOOK_DIALOG_URL') ?? '',
    graphUrl: values.text('FACEBOOK_GRAPH_URL') ?? '',
    ...(scopes?.length && { scopes }),
    ...(configId && { configId }),
    ...(webhookVerifyToken && { webhookVerifyToken }),
  };
}
