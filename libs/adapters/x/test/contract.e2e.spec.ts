import { describePlatformAdapter } from '@mooring/adapters-core/testing';
import { createPlatformHttp } from '@mooring/adapters-core';
import { X_ERROR_ANSWERS } from '../src/testing/error-answers.ts';
import { CANARY, SandboxProcess } from './sandbox-process.ts';

describePlatformAdapter('x at the sandbox', {
  errorRows: X_ERROR_ANSWERS,
  callbackPaths: ['/webhooks/x/events'],
  discoveryCallsMax: 1,
  play: async () => {
    const sandbox = await SandboxProcess.start();
    const http = createPlatformHttp({ origins: [sandbox.url] });
    const direct = sandbox.adapterAt(sandbox.url, http);
    return {
      origin: sandbox.url,
      adapterAt: (origin, port) => sandbox.adapterAt(origin, port),
      consent: () => sandbox.consent(direct, 'xavier'),
      secrets: () => [CANARY],
      stop: async () => {
        await http.close();
        await sandbox.stop();
      },
    };
  },
});
