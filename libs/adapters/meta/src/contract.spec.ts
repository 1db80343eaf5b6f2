import { Secret } from '@mooring/contracts';
import { describePlatformAdapter } from '@mooring/adapters-core/testing';
import { META_ERROR_ANSWERS } from '../test/error-answers.ts';
import { APP_ID, APP_SECRET, PlayedGraph, VERSION } from '../test/played-graph.ts';
import { createFacebookAdapter } from './index.ts';

const portions = 20;

describePlatformAdapter('facebook', {
  errorRows: META_ERROR_ANSWERS,
  callbackPaths: [
    '/webhooks/facebook/deauthorize',
    '/webhooks/facebook/data-deletion',
    '/webhooks/facebook/permissions',
  ],
  // A cursor that moves on for ever; the list's rows stay the same.
  endlessly: (body) =>
    body.includes('"paging"')
      ? body.replace(/"paging":\{.*\}\}$/, `"paging":{"cursors":{"after":"${Math.random()}"},"next":"x"}}`)
      : body,
  discoveryCallsMax: 4 * portions + 10,
  play: async () => {
    const graph = new PlayedGraph();
    const origin = await graph.start();
    return {
      origin,
      adapterAt: (at, http) =>
        createFacebookAdapter(
          {
            appId: APP_ID,
            appSecret: new Secret(APP_SECRET),
            graphVersion: VERSION,
            dialogUrl: `${at}/www.facebook.com`,
            graphUrl: `${at}/graph.facebook.com`,
          },
          { http, now: () => new Date(1_760_000_000_000) },
        ),
      consent: async () => ({ accessToken: new Secret(graph.mint({ type: 'USER', long: false })) }),
      secrets: () => [APP_SECRET, ...graph.tokens.keys()],
      stop: () => graph.stop(),
    };
  },
});
