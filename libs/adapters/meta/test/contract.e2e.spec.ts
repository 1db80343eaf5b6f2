import { hours } from '@mooring/contracts';
import { createPlatformHttp } from '@mooring/adapters-core';
import { describePlatformAdapter } from '@mooring/adapters-core/testing';
import { ASKED_SCOPES } from '../src/index.ts';
import { aged } from './aged-tokens.ts';
import { FACEBOOK_ERROR_ANSWERS, INSTAGRAM_ERROR_ANSWERS } from '../src/testing/error-answers.ts';
import { CANARY, SandboxProcess } from './sandbox-process.ts';

describePlatformAdapter('facebook at the sandbox', {
  errorRows: FACEBOOK_ERROR_ANSWERS,
  callbackPaths: [
    '/webhooks/facebook/deauthorize',
    '/webhooks/facebook/data-deletion',
    '/webhooks/facebook/permissions',
  ],
  discoveryCallsMax: 100,
  play: async () => {
    const sandbox = await SandboxProcess.start();
    return {
      origin: sandbox.url,
      adapterAt: (origin, http) => sandbox.adapterAt(origin, http),
      consent: () => sandbox.consent('fiona', ASKED_SCOPES),
      secrets: () => [CANARY],
      stop: () => sandbox.stop(),
    };
  },
});

describePlatformAdapter('instagram at the sandbox', {
  errorRows: INSTAGRAM_ERROR_ANSWERS,
  callbackPaths: ['/webhooks/instagram/deauthorize', '/webhooks/instagram/data-deletion'],
  discoveryCallsMax: 1,
  play: async () => {
    const sandbox = await SandboxProcess.start();
    const http = createPlatformHttp({ origins: [sandbox.url] });
    let offsetMs = 0;
    const aDayLater = async (): Promise<void> => {
      await sandbox.control('POST', 'clock', { offsetMs: (offsetMs += hours(25)) });
    };
    return {
      origin: sandbox.url,
      adapterAt: (origin, port) => aged(sandbox.instagramAt(origin, port), aDayLater),
      consent: () => sandbox.instagramConsent(http, 'mira'),
      secrets: () => [CANARY],
      stop: async () => {
        await http.close();
        await sandbox.stop();
      },
    };
  },
});
