import { type ClosablePlatformHttp, createPlatformHttp } from '@mooring/adapters-core';
import { describePlatformAdapter } from '@mooring/adapters-core/testing';
import { TIKTOK_ERROR_ANSWERS } from '../src/testing/error-answers.ts';
import { CANARY, SandboxProcess } from './sandbox-process.ts';

describePlatformAdapter('tiktok at the sandbox', {
  errorRows: TIKTOK_ERROR_ANSWERS,
  callbackPaths: ['/webhooks/tiktok/events'],
  discoveryCallsMax: 1,
  play: async () => {
    const sandbox = await SandboxProcess.start();
    // Half of an empty body is an empty body.
    await sandbox.control('PUT', 'tiktok/switches', { revokeAnswersObject: true });
    const http: ClosablePlatformHttp = createPlatformHttp({ origins: [sandbox.url] });
    const direct = sandbox.adapterAt(sandbox.url, http);
    return {
      origin: sandbox.url,
      adapterAt: (origin, port) => sandbox.adapterAt(origin, port),
      consent: () => sandbox.consent(direct),
      secrets: () => [CANARY],
      stop: async () => {
        await http.close();
        await sandbox.stop();
      },
    };
  },
});
