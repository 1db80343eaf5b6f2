import { describePlatformAdapter } from '@mooring/adapters-core/testing';
import { createPlatformHttp } from '@mooring/adapters-core';
import { LINKEDIN_ERROR_ANSWERS } from '../src/testing/error-answers.ts';
import { CANARY, SandboxProcess } from './sandbox-process.ts';

describePlatformAdapter('linkedin at the sandbox', {
  errorRows: LINKEDIN_ERROR_ANSWERS,
  callbackPaths: ['/webhooks/linkedin/anything'],
  discoveryCallsMax: 10,
  play: async () => {
    const sandbox = await SandboxProcess.start();
    const http = createPlatformHttp({ origins: [sandbox.url] });
    const direct = sandbox.adapterAt(sandbox.url, { http });
    return {
      origin: sandbox.url,
      adapterAt: (origin, port) => sandbox.adapterAt(origin, { http: port }),
      consent: () => sandbox.consent(direct, 'linda'),
      secrets: () => [CANARY],
      stop: async () => {
        await http.close();
        await sandbox.stop();
      },
    };
  },
});
