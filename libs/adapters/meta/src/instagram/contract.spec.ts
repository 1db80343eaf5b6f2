import { describePlatformAdapter, exchangedTokens } from '@mooring/adapters-core/testing';
import { aged } from '../../test/aged-tokens.ts';
import { INSTAGRAM_ERROR_ANSWERS } from '../testing/error-answers.ts';
import { instagramAdapterAt } from '../../test/played-bench.ts';
import { APP_SECRET, PlayedInstagram } from '../../test/played-instagram.ts';

describePlatformAdapter('instagram', {
  errorRows: INSTAGRAM_ERROR_ANSWERS,
  callbackPaths: ['/webhooks/instagram/deauthorize', '/webhooks/instagram/data-deletion'],
  discoveryCallsMax: 1,
  play: async () => {
    const instagram = new PlayedInstagram();
    const origin = await instagram.start();
    return {
      origin,
      adapterAt: (origin, http) => aged(instagramAdapterAt(origin, http)),
      consent: () => Promise.resolve(exchangedTokens(instagram.mint(), { grantedScopes: instagram.permissions })),
      secrets: () => [APP_SECRET, ...instagram.tokens.keys()],
      stop: () => instagram.stop(),
    };
  },
});
