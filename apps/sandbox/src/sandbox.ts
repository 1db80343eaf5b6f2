import express, { type Express } from 'express';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino, type Logger } from 'pino';
import { CANARY, CanaryMint, type IssuedCanaries } from './canary.ts';
import { PlatformClock } from './clock.ts';
import { defaultSettings, type SandboxSettings } from './config.ts';
import { controlRouter } from './control/routes.ts';
import { dialogRouter } from './meta/dialog.ts';
import { graphRouter } from './meta/graph.ts';
import { RequestLog } from './meta/request-log.ts';
import { emptyFacebookState, type FacebookState } from './meta/state.ts';
import { FacebookWorld } from './meta/world.ts';
import { emptyOidcState, type OidcState } from './oidc/keys.ts';
import { oidcRouter } from './oidc/provider.ts';
import { pictureRouter } from './pictures.ts';
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
  facebook: FacebookState;
}

function emptyPlatformState(): PlatformState {
  return { clockOffsetMs: 0, canaries: { markers: [], values: [] }, facebook: emptyFacebookState() };
}

interface Files {
  platforms: StateFile<PlatformState>;
  oidc: StateFile<OidcState>;
}

async function buildApp(settings: SandboxSettings, url: string, files: Files, logger: Logger): Promise<Express> {
  const { platforms, oidc } = files;
  const state = platforms.value;
  // A file of an earlier version may lack what was added since.
  state.facebook = { ...emptyFacebookState(), ...state.facebook };
  const clock = new PlatformClock();
  clock.offsetMs = state.clockOffsetMs;
  const changed = (): void => {
    state.clockOffsetMs = clock.offsetMs;
    platforms.changed();
  };
  const mint = new CanaryMint(state.canaries, changed);
  mint.remember(settings.facebook.appSecret);
  const facebook = new FacebookWorld({
    app: settings.facebook,
    publicUrl: url,
    clock,
    mint,
    state: state.facebook,
    changed,
  });
  const facebookLog = new RequestLog();
  const reset = (): void => {
    Object.assign(state.facebook, emptyFacebookState());
    clock.offsetMs = 0;
    facebook.faults.clear();
    facebook.nextDialog = undefined;
    facebook.nextToken = undefined;
    facebookLog.clear();
    changed();
  };
  const app = express().disable('x-powered-by').set('etag', false);
  app.use(logRequests(logger));
  app.get('/livez', (_req, res) => void res.json({ status: 'ok' }));
  app.use('/www.facebook.com', dialogRouter(facebook, facebookLog));
  app.use('/graph.facebook.com', graphRouter(facebook, facebookLog));
  app.use('/scontent.example', pictureRouter());
  app.use(controlRouter({ facebook, facebookLog, clock, mint, reset, changed }));
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

export interface SandboxOptions extends Partial<Omit<SandboxSettings, 'facebook' | 'oidc'>> {
  facebook?: Partial<SandboxSettings['facebook']>;
  oidc?: Partial<SandboxSettings['oidc']>;
  logger?: Logger;
}

/** Starts the sandbox; resolves once it listens. Rejects with the server's error where the port is taken. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const defaults = defaultSettings();
  const { logger = pino({ level: options.logLevel ?? defaults.logLevel }), ...given } = options;
  const settings: SandboxSettings = {
    ...defaults,
    ...given,
    facebook: { ...defaults.facebook, ...given.facebook },
    oidc: { ...defaults.oidc, ...given.oidc },
  };
  if (!settings.facebook.appSecret.includes(CANARY)) {
    logger.warn('FACEBOOK_APP_SECRET carries no canary: the leak scan knows it by its value only');
  }
  const server = createServer();
  await listen(server, settings);
  const { port } = server.address() as AddressInfo;
  const url = settings.publicUrl ?? `http://127.0.0.1:${port}`;
  const files: Files = {
    platforms: new StateFile(settings.dataDir, 'platforms.json', emptyPlatformState()),
    oidc: new StateFile(settings.dataDir, 'oidc.json', emptyOidcState()),
  };
  const app = await buildApp(settings, url, files, logger);
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
