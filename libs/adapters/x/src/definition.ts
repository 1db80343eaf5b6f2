import type { PlatformDefinition, PlatformSettingValues } from '@mooring/adapters-core';
import { createXAdapter } from './adapter.ts';
import type { XSettings } from './settings.ts';

/** Accounts at X. */
export const X: PlatformDefinition = {
  platform: 'x',
  names: { name: 'X', accounts: 'accounts' },
  kinds: [{ kind: 'x_account', shownUnder: 'x', name: 'X account' }],
  settingsPrefix: 'X',
  settings: {
    X_CLIENT_ID: {
      kind: 'text',
      doc: 'OAuth 2.0 client id of the app at X; not set means that X can’t be connected.',
    },
    X_CLIENT_SECRET: { kind: 'secret', doc: 'OAuth 2.0 client secret of the app at X, a confidential client.' },
    X_AUTH_URL: { kind: 'url', doc: 'Where the consent page is.', default: 'https://x.com' },
    X_API_URL: { kind: 'url', doc: 'Where the API and the token endpoint are.', default: 'https://api.x.com' },
    X_SCOPES: { kind: 'list', doc: 'Scopes asked for at consent; those that publishing needs must be among them.' },
    X_WEBHOOK_SECRET: {
      kind: 'secret',
      doc: 'Consumer secret (API Key Secret) of the app, with which X signs events; not set takes the client secret, which X does not sign with.',
      only: 'vault',
    },
    X_APP_ID: {
      kind: 'text',
      doc: 'Numeric id of the app at X; set, it refuses events that X sends about another app.',
      only: 'vault',
    },
  },
  isConfigured: (values) => settingsOf(values) !== undefined,
  origins: (values) => [settingsOf(values)?.apiUrl ?? ''],
  create: (values, ports) => {
    const settings = settingsOf(values);
    if (!settings) throw new RangeError('X_CLIENT_ID and X_CLIENT_SECRET must be set');
    return createXAdapter(settings, ports);
  },
};

function settingsOf(values: PlatformSettingValues): XSettings | undefined {
  const clientId = values.text('X_CLIENT_ID');
  const clientSecret = values.secret('X_CLIENT_SECRET');
  if (!clientId || !clientSecret) return undefined;
  const scopes = values.list('X_SCOPES');
  const webhookSecret = values.secret('X_WEBHOOK_SECRET');
  const appId = values.text('X_APP_ID');
  return {
    clientId,
    clientSecret,
    authUrl: values.text('X_AUTH_URL') ?? '',
    apiUrl: values.text('X_API_URL') ?? '',
    ...(scopes && { scopes }),
    ...(webhookSecret && { webhookSecret }),
    ...(appId && { appId }),
  };
}
