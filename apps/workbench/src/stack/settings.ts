import { join } from 'node:path';
import { type PlatformApps, platformApps } from './platform-apps.ts';
import type { PortPlan } from './ports.ts';
import type { StackSecrets } from './secrets.ts';

/** What every environment of the stack is made from. */
export interface StackFacts {
  readonly directory: string;
  readonly ports: PortPlan;
  readonly secrets: StackSecrets;
  /** The administrator's database URL. */
  readonly adminUrl: string;
  /** Undefined: the embedded bus. */
  readonly kafkaBrokers: string | undefined;
  /** Stands in the secrets of the apps at the platforms. */
  readonly owner: string;
  readonly testing: boolean;
  readonly logLevel: string;
}

/** The environment of one process: text by key. */
export type Environment = Record<string, string>;

const host = '127.0.0.1';
const at = (port: number): string => `http://${host}:${port}`;

/** The services of the stack that own a schema. */
export const SERVICE_NAMES = ['gateway', 'vault', 'scheduler', 'notifications'] as const;
/** One of {@link SERVICE_NAMES}. */
export type ServiceName = (typeof SERVICE_NAMES)[number];

/** URL of one database role. */
export function databaseUrl(facts: StackFacts, role: string): string {
  const url = new URL(facts.adminUrl);
  url.username = role;
  const { migrationPassword, servicePassword } = facts.secrets;
  url.password = role.endsWith('_ddl') ? migrationPassword : servicePassword;
  return url.href;
}

/** Public addresses of a stack. */
export function addresses(ports: PortPlan) {
  const sandbox = at(ports.sandbox);
  return {
    console: at(ports.edge),
    sandbox,
    issuer: `${sandbox}/oidc`,
    vaultTokens: at(ports.vaultTokens),
    vaultInternal: at(ports.vaultInternal),
    redirectUri: (platform: string) => `${at(ports.edge)}/connect/${platform}/callback`,
    deauthorize: `${at(ports.edge)}/webhooks/facebook/deauthorize`,
    ops: {
      gateway: at(ports.gatewayOps),
      vault: at(ports.vaultOps),
      scheduler: at(ports.schedulerOps),
      notifications: at(ports.notificationsOps),
    },
  };
}

function shared(facts: StackFacts, service: ServiceName, opsPort: number): Environment {
  const { issuer } = addresses(facts.ports);
  const issuers = [
    { issuer, audience: ['urn:mooring:api'], kind: 'people' },
    { issuer, audience: ['urn:mooring:api', 'urn:mooring:vault'], kind: 'services', scopeClaim: 'scope' },
  ];
  return {
    NODE_ENV: 'production',
    // glibc keeps an arena for every thread that allocates; a service needs few.
    MALLOC_ARENA_MAX: '2',
    LOG_LEVEL: facts.logLevel,
    HTTP_HOST: host,
    OPS_HOST: host,
    OPS_PORT: String(opsPort),
    DATABASE_URL: databaseUrl(facts, `mooring_${service}`),
    WORKER_DATABASE_URL: databaseUrl(facts, `mooring_${service}_worker`),
    TRUSTED_ISSUERS: JSON.stringify(issuers),
    KAFKAJS_NO_PARTITIONER_WARNING: '1',
    ...(facts.kafkaBrokers
      ? { KAFKA_BROKERS: facts.kafkaBrokers }
      : { BUS_DATABASE_URL: databaseUrl(facts, 'mooring_bus') }),
    ...(facts.testing ? { MOORING_FAULT_MARKER_DIR: join(facts.directory, 'fault-markers', service) } : {}),
  };
}

/** Apps of this stack at the platforms that the sandbox plays. */
export function appsOf(facts: StackFacts): PlatformApps {
  const { sandbox, console: edge } = addresses(facts.ports);
  return platformApps({ owner: facts.owner, sandbox, edge });
}

// An answer that hangs, and a process that is killed, must not make the story long.
const SHORT_WAITS_OF_VAULT = {
  PLATFORM_TIMEOUT_MS: '1500',
  ATTEMPT_LEASE_MS: '4000',
  REFRESH_LEASE_MS: '4000',
  // Limits run on real time, and the story can't wait for it.
  PLATFORM_RETRY_MS: '500',
  PLATFORM_BREAKER_MS: '500',
  PLATFORM_BREAKER_MAX_MS: '2000',
  PLATFORM_READINESS_MS: '2000',
};
const SHORT_WAITS_OF_SCHEDULER = { CLAIM_LEASE_MS: '3000', ANSWER_LEASE_MS: '5000' };

/** Environment of each service. */
export function serviceEnvironment(facts: StackFacts, service: ServiceName): Environment {
  const { ports, secrets } = facts;
  const urls = addresses(ports);
  switch (service) {
    case 'gateway':
      return {
        ...shared(facts, service, ports.gatewayOps),
        ...appsOf(facts).services,
        HTTP_PORT: String(ports.gateway),
        RETURN_URLS: urls.console,
        VAULT_URL: urls.vaultInternal,
        SERVICE_TOKEN_URL: `${urls.issuer}/token`,
        SERVICE_CLIENT_ID: 'gateway',
        SERVICE_CLIENT_SECRET: secrets.gatewaySecret,
        // The story asks for more checks in a minute than people do.
        ...(facts.testing ? { ATTEMPTS_PER_MINUTE: '600', BEGINNINGS_PER_MINUTE: '600' } : {}),
        KEY_RING: `g1:${secrets.gatewayKeyEncryptionKey}`,
      };
    case 'vault':
      return {
        ...shared(facts, service, ports.vaultOps),
        ...appsOf(facts).services,
        TOKENS_PORT: String(ports.vaultTokens),
        INTERNAL_PORT: String(ports.vaultInternal),
        CALLBACKS_PORT: String(ports.vaultCallbacks),
        PUBLIC_URL: urls.console,
        JOURNAL_DIR: join(facts.directory, 'journal'),
        ...(facts.testing ? SHORT_WAITS_OF_VAULT : {}),
        SERVICE_SCOPES: JSON.stringify({ gateway: ['vault:internal'] }),
        KEY_ENCRYPTION_KEYS: `v1:${secrets.vaultKeyEncryptionKey}`,
      };
    case 'scheduler':
      return { ...shared(facts, service, ports.schedulerOps), ...(facts.testing ? SHORT_WAITS_OF_SCHEDULER : {}) };
    case 'notifications':
      return { ...shared(facts, service, ports.notificationsOps), HTTP_PORT: String(ports.notifications) };
  }
}

/** Environment of the sandbox. */
export function sandboxEnvironment(facts: StackFacts): Environment {
  const urls = addresses(facts.ports);
  const { publisherSecret, directorySecret, gatewaySecret } = facts.secrets;
  return {
    HOST: host,
    PORT: String(facts.ports.sandbox),
    LOG_LEVEL: facts.logLevel,
    SANDBOX_DATA_DIR: join(facts.directory, 'sandbox'),
    ...appsOf(facts).sandbox,
    CONSOLE_REDIRECT_URIS: [`${urls.console}/`, `${urls.console}/callback`, `${urls.console}/silent-renew`].join(','),
    SERVICE_CLIENT_SECRETS: JSON.stringify({
      publisher: publisherSecret,
      directory: directorySecret,
      gateway: gatewaySecret,
    }),
  };
}

/** Environment of the web server in front of the console. */
export function edgeEnvironment(facts: StackFacts): Environment {
  const { ports } = facts;
  return {
    EDGE_HOST: host,
    EDGE_PORT: String(ports.edge),
    GATEWAY_URL: at(ports.gateway),
    NOTIFICATIONS_URL: at(ports.notifications),
    VAULT_CALLBACKS_URL: at(ports.vaultCallbacks),
    OIDC_ISSUER: addresses(ports).issuer,
    OIDC_CLIENT_ID: 'mooring-console',
    OIDC_RESOURCE: 'urn:mooring:api',
  };
}
