import type { PlatformDefinition, PlatformSettingValues } from '@mooring/adapters-core';
import { createLinkedInAdapter } from './adapter.ts';
import type { LinkedInSettings } from './settings.ts';

/** LinkedIn Company Pages. */
export const LINKEDIN: PlatformDefinition = {
  platform: 'linkedin',
  names: { name: 'LinkedIn', accounts: 'Company Pages' },
  kinds: [{ kind: 'linkedin_organization', shownUnder: 'linkedin', name: 'Company Page' }],
  settingsPrefix: 'LINKEDIN',
  settings: {
    LINKEDIN_CLIENT_ID: { kind: 'text', doc: 'Client ID at LinkedIn; not set means that LinkedIn can’t be connected.' },
    LINKEDIN_CLIENT_SECRET: { kind: 'secret', doc: 'Primary client secret at LinkedIn.' },
    LINKEDIN_VERSION: {
      kind: 'text',
      doc: 'Month of the versioned API, as 202608. LinkedIn retires a version after about a year; nothing is lost then, but nothing works.',
      default: '202608',
    },
    LINKEDIN_AUTH_URL: { kind: 'url', doc: 'Where consent and tokens are.', default: 'https://www.linkedin.com' },
    LINKEDIN_API_URL: { kind: 'url', doc: 'Where the API is.', default: 'https://api.linkedin.com' },
    LINKEDIN_SCOPES: {
      kind: 'list',
      doc: 'Permissions asked for, the same for everybody, in place of openid, profile, rw_organization_admin, r_organization_social, w_organization_social. Changing them ends every token that was given before.',
    },
  },
  isConfigured: (values) => settingsOf(values) !== undefined,
  origins: (values) => {
    const settings = settingsOf(values);
    return settings ? [settings.authUrl, settings.apiUrl] : [];
  },
  create: (values, ports) => {
    const settings = settingsOf(values);
    if (!settings) throw new RangeError('LINKEDIN_CLIENT_ID and LINKEDIN_CLIENT_SECRET must be set');
    return createLinkedInAdapter(settings, ports);
  },
};

function settingsOf(values: PlatformSettingValues): LinkedInSettings | undefined {
  const clientId = values.text('LINKEDIN_CLIENT_ID');
  const clientSecret = values.secret('LINKEDIN_CLIENT_SECRET');
  if (!clientId || !clientSecret) return undefined;
  const scopes = values.list('LINKEDIN_SCOPES');
  return {
    clientId,
    clientSecret,
    version: values.text('LINKEDIN_VERSION') ?? '',
    authUrl: values.text('LINKEDIN_AUTH_URL') ?? '',
    apiUrl: values.text('LINKEDIN_API_URL') ?? '',
    ...(scopes && scopes.length > 0 && { scopes }),
  };
}
