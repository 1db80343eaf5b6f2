import { describePlatformAdapter } from '@mooring/adapters-core/testing';
import { ASKED_SCOPES, FACEBOOK_ERROR_ROWS } from '../src/index.ts';
import { answersOf } from './error-answers.ts';
import { CANARY, SandboxProcess } from './sandbox-process.ts';

describePlatformAdapter('facebook at the sandbox', {
  errorRows: answersOf(FACEBOOK_ERROR_ROWS),
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
