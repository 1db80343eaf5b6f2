import { describePlatformAdapter } from '@mooring/adapters-core/testing';
import { TIKTOK_ERROR_ANSWERS } from './testing/error-answers.ts';
import { adapterAt } from '../test/played-bench.ts';
import { CLIENT_SECRET, PlayedTikTok } from '../test/played-tiktok.ts';
import { readTokenAnswer } from './exchange.ts';

describePlatformAdapter('tiktok', {
  errorRows: TIKTOK_ERROR_ANSWERS,
  callbackPaths: ['/webhooks/tiktok/events'],
  discoveryCallsMax: 1,
  play: async () => {
    const tiktok = new PlayedTikTok();
    const origin = await tiktok.start();
    return {
      origin,
      adapterAt: (at, http) => adapterAt(at, http),
      consent: () =>
        Promise.resolve(readTokenAnswer({ status: 200, headers: {}, body: JSON.stringify(tiktok.issue()) })),
      secrets: () => [CLIENT_SECRET, ...tiktok.tokens.keys()],
      stop: () => tiktok.stop(),
    };
  },
});
