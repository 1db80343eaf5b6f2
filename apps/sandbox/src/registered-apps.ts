import { CANARY } from './canary.ts';

/** The app that is registered at one played platform. */
export interface AppSettings {
  clientId: string;
  clientSecret: string;
  /** Registered redirect URIs: compared as whole strings, as all of the platforms do. */
  redirectUris: string[];
  /** Where the platform sends its notices, by the notice's name; a control call may name another address. */
  callbacks: Record<string, string>;
}

export interface RegisteredApp {
  /** Settings are called `{prefix}_{idKey}`, `{prefix}_{secretKey}`, `{prefix}_REDIRECT_URIS` and `{prefix}_{NOTICE}_URL`. */
  prefix: string;
  idKey: string;
  secretKey: string;
  clientId: string;
  secretTail: string;
  notices: string[];
}

/** By name of the platform. */
export const REGISTERED_APPS: Record<string, RegisteredApp> = {
  facebook: {
    prefix: 'FACEBOOK',
    idKey: 'APP_ID',
    secretKey: 'APP_SECRET',
    clientId: '111222333444',
    secretTail: '0fb5ec2e7a114d19b6c3d8e9f0a1b2c3',
    notices: ['deauthorize', 'data-deletion', 'permissions'],
  },
  instagram: {
    prefix: 'INSTAGRAM',
    idKey: 'APP_ID',
    secretKey: 'APP_SECRET',
    clientId: '555666777888',
    secretTail: '1c7d5be03f9e4a6d8b20c1f3e5a79604',
    notices: ['deauthorize', 'data-deletion'],
  },
  linkedin: {
    prefix: 'LINKEDIN',
    idKey: 'CLIENT_ID',
    secretKey: 'CLIENT_SECRET',
    clientId: '77sandboxli0001',
    secretTail: 'liSecret0001',
    notices: [],
  },
  tiktok: {
    prefix: 'TIKTOK',
    idKey: 'CLIENT_KEY',
    secretKey: 'CLIENT_SECRET',
    clientId: 'awsandboxtt00001',
    secretTail: 'ttSecret0000000000000000001',
    notices: ['events'],
  },
  x: {
    prefix: 'X',
    idKey: 'CLIENT_ID',
    secretKey: 'CLIENT_SECRET',
    clientId: 'U2FuZGJveFgwMDAxOjE6Y2k',
    secretTail: 'xSecret00000000000000000000000000000000000001',
    notices: ['events'],
  },
};

/** Every app with its default settings: a secret with a canary, and redirect URIs at the given origins. */
export function defaultApps(origins: string[]): Record<string, AppSettings> {
  const app = ([name, registered]: [string, RegisteredApp]): [string, AppSettings] => [
    name,
    {
      clientId: registered.clientId,
      clientSecret: `${CANARY}${registered.secretTail}`,
      redirectUris: origins.map((origin) => `${origin}/connect/${name}/callback`),
      callbacks: {},
    },
  ];
  return Object.fromEntries(Object.entries(REGISTERED_APPS).map(app));
}
