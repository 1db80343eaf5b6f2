import { describePlatformAdapter } from '@mooring/adapters-core/testing';
import { X_ERROR_ANSWERS } from './testing/error-answers.ts';
import { adapterAt, exchanged } from '../test/played-bench.ts';
import { CLIENT_SECRET, PlayedX } from '../test/played-x.ts';

describePlatformAdapter('x', {
  errorRows: X_ERROR_ANSWERS,
  callbackPaths: ['/webhooks/x/events'],
  discoveryCallsMax: 1,
  play: async () => {
    const x = new PlayedX();
    const origin = await x.start();
    return {
      origin,
      adapterAt,
      consent: () => Promise.resolve(exchanged(x)),
      secrets: () => [CLIENT_SECRET, ...x.tokens.keys()],
      stop: () => x.stop(),
    };
  },
});
