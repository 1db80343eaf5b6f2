import { describePlatformAdapter, exchangedTokens } from '@mooring/adapters-core/testing';
import { FACEBOOK_ERROR_ANSWERS } from '../testing/error-answers.ts';
import { adapterAt } from '../../test/played-bench.ts';
import { APP_SECRET, PlayedGraph } from '../../test/played-graph.ts';

const portions = 20;

describePlatformAdapter('facebook', {
  errorRows: FACEBOOK_ERROR_ANSWERS,
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
  discoveryCallsMax: 4 * portions + 20,
  play: async () => {
    const graph = new PlayedGraph();
    // Accounts of every kind: with the Page's token, and with the person's.
    graph.scopes.push('instagram_basic', 'instagram_content_publish', 'ads_read');
    for (const page of graph.pages) page.instagram = { id: '17841400000000001', username: 'harbour.cafe' };
    graph.adAccounts = [{ id: 'act_490', account_status: 1, pixels: [{ id: '771' }] }];
    const origin = await graph.start();
    return {
      origin,
      adapterAt,
      consent: () => Promise.resolve(exchangedTokens(graph.mint({ type: 'USER', long: false }))),
      secrets: () => [APP_SECRET, ...graph.tokens.keys()],
      stop: () => graph.stop(),
    };
  },
});
