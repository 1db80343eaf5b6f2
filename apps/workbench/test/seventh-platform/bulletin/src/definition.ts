import type { PlatformDefinition, PlatformSettingValues } from '@mooring/adapters-core';
import { createBulletinAdapter } from './adapter.ts';
import type { BulletinSettings } from './settings.ts';

/** Bulletin boards. */
export const BULLETIN: PlatformDefinition = {
  platform: 'bulletin',
  names: { name: 'Bulletin', accounts: 'Boards' },
  kinds: [{ kind: 'bulletin_board', shownUnder: 'bulletin', name: 'Board' }],
  settingsPrefix: 'BULLETIN',
  settings: {
    BULLETIN_CLIENT_ID: { kind: 'text', doc: 'Client id at Bulletin; not set means that it can’t be connected.' },
    BULLETIN_CLIENT_SECRET: { kind: 'secret', doc: 'Client secret at Bulletin.' },
    BULLETIN_AUTH_URL: { kind: 'url', doc: 'Where the consent page is.', default: 'https://bulletin.example' },
    BULLETIN_API_URL: { kind: 'url', doc: 'Where the API is.', default: 'https://api.bulletin.example' },
  },
  isConfigured: (values) => settingsOf(values) !== undefined,
  origins: (values) => [settingsOf(values)?.apiUrl ?? ''],
  create: (values, ports) => {
    const settings = settingsOf(values);
    if (!settings) throw new RangeError('BULLETIN_CLIENT_ID and BULLETIN_CLIENT_SECRET must be set');
    return createBulletinAdapter(settings, ports);
  },
};

function settingsOf(values: PlatformSettingValues): BulletinSettings | undefined {
  const clientId = values.text('BULLETIN_CLIENT_ID');
  const clientSecret = values.secret('BULLETIN_CLIENT_SECRET');
  if (!clientId || !clientSecret) return undefined;
  const authUrl = values.text('BULLETIN_AUTH_URL') ?? '';
  return { clientId, clientSecret, authUrl, apiUrl: values.text('BULLETIN_API_URL') ?? '' };
}
