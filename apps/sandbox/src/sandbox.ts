import express, { type Express } from 'express';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino, type Logger } from 'pino';
import { CANARY, CanaryMint, type IssuedCanaries } from './canary.ts';
import { PlatformClock } from './clock.ts';
import { defaultSettings, type AppSettings, type SandboxSettings } from './config.ts';
import { controlRouter } from './control/routes.ts';
import { emptyOidcState, type OidcState } from './oidc/keys.ts';
import { oidcRouter } from './oidc/provider.ts';
import { pictureRouter } from './pictures.ts';
import type { PlayedPlatform } from './platform.ts';
import { PLATFORMS } from './platforms.ts';
import { answerErrors, logRequests } from './request-logging.ts';
import { StateFile } from './state-file.ts';

export interface Sandbox {
  /** Address without a slash at the end. */
  url: string;
  close(): Promise<void>;
}

interface PlatformState {
  clockOffsetMs: number;
  canaries: IssuedCanaries;
  platforms: Record<string, object>;
}

function emptyPlatformState(): PlatformState {
  return { clockOffsetMs: 0, canaries: { markers: [], values: [] }, platforms: {} };
}

interface Files {
  platforms: StateFile<PlatformState>;
  oidc: StateFile<OidcState>;
}

interface AppParts {
  settings: SandboxSettings;
  url: string;
  files: Files;
  played: PlayedPlatform[];
  logger: Logger;
}

async function buildApp({ settings, url, files, played, logger }: AppParts): Promise<Express> {
  const { platforms, oidc } = files;
  const state = platforms.value;
  const clock = new PlatformClock();
  clock.offsetMs = state.clockOffsetMs;
  const changed = (): void => {
    state.clockOffsetMs = clock.offsetMs;
    platforms.changed();
  };
  const mint = new CanaryMint(state.canaries, changed);
  const running = played.map(({ name, title, start }) => {
    const app = settings.apps[name];
    if (app === undefined) throw new Error(`No app is registered at ${name}`);
    mint.remember(app.clientSecret);
    const own = (state.platforms[name] ??= {});
    return { name, title, ...start({ app, publicUrl: url, clock, mint, state: own, changed }) };
  });
  const reset = (): void => {
    clock.offsetMs = 0;
    for (const platform of running) platform.reset();
    changed();
  };
  const app = express().disable('x-powered-by').set('etag', false);
  app.use(logRequests(logger));
  app.get('/livez', (_req, res) => void res.json({ status: 'ok' }));
  for (const { hosts } of running) {
    for (const [host, router] of Object.entries(hosts)) app.use(`/${host}`, router);
  }
  app.use('/scontent.example', pictureRouter());
  app.use(controlRouter({ platforms: running, clock, mint, reset, changed }));
  const oidcParts = { settings: settings.oidc, publicUrl: url, state: oidc.value, changed: () => oidc.changed(), mint };
  app.use('/oidc', await oidcRouter(oidcParts));
  app.use(answerErrors(logger));
  return app;
}

// Listening comes before building: the issuer's address holds the port.
function listen(server: Server, settings: SandboxSettings): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(settings.port, settings.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    // Requests that a fault left hanging would never end by themselves.
    server.closeAllConnections();
  });
}

export interface SandboxOptions extends Partial<Omit<SandboxSettings, 'apps' | 'oidc'>> {
  /** By name of the platform; what is left out is as by default. */
  apps?: Record<string, Partial<AppSettings>>;
  oidc?: Partial<SandboxSettings['oidc']>;
  logger?: Logger;
  /** Other platforms than the sandbox's own. */
  platforms?: PlayedPlatform[];
}

const NO_APP: AppSettings = { clientId: '', clientSecret: CANARY, redirectUris: [], callbacks: {} };

function mergeApps(defaults: Record<string, AppSettings>, given: Record<string, Partial<AppSettings>>) {
  const names = [...new Set([...Object.keys(defaults), ...Object.keys(given)])];
  return Object.fromEntries(names.map((name) => [name, { ...NO_APP, ...defaults[name], ...given[name] }]));
}

/** Starts the sandbox; resolves once it listens. Rejects with the server's error where the port is taken. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const defaults = defaultSettings();
  const { logger = pino({ level: options.logLevel ?? defaults.logLevel }), platforms = PLATFORMS, ...given } = options;
  const settings: SandboxSettings = {
    ...defaults,
    ...given,
    apps: mergeApps(defaults.apps, given.apps ?? {}),
    oidc: { ...defaults.oidc, ...given.oidc },
  };
  for (const [platform, app] of Object.entries(settings.apps)) {
    if (app.clientSecret.includes(CANARY)) continue;
    logger.warn({ platform }, 'the app’s secret carries no canary: the leak scan knows it by its value only');
  }
  const server = createServer();
  await listen(server, settings);
  const { port } = server.address() as AddressInfo;
  const url = settings.publicUrl ?? `http://127.0.0.1:${port}`;
  const files: Files = {
    platforms: new StateFile(settings.dataDir, 'platforms.json', emptyPlatformState()),
    oidc: new StateFile(settings.dataDir, 'oidc.json', emptyOidcState()),
  };
  const app = await buildApp({ settings, url, files, played: platforms, logger });
  server.on('request', (req, res) => void app(req, res));
  return {
    url,
    close: async () => {
      await closeServer(server);
      files.platforms.flush();
      files.oidc.flush();
    },
  };
}
