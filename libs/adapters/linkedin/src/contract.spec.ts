import { describePlatformAdapter } from '@mooring/adapters-core/testing';
import { LINKEDIN_ERROR_ANSWERS } from './testing/error-answers.ts';
import { adapterAt, tokensOf } from '../test/played-bench.ts';
import { CLIENT_SECRET, PlayedLinkedIn } from '../test/played-linkedin.ts';
import { DISCOVERY_BOUNDS } from './settings.ts';

const ANOTHER_ROLE = { role: 'ANALYST', state: 'APPROVED', organization: 'urn:li:organization:490002' };

describePlatformAdapter('linkedin', {
  errorRows: LINKEDIN_ERROR_ANSWERS,
  callbackPaths: ['/webhooks/linkedin/anything'],
  // The list never ends; its rows stay the same.
  endlessly: (body) =>
    body
      .replace('"links":[]', '"links":[{"rel":"next","href":"/x"}]')
      .replace('"elements":[]', `"elements":[${JSON.stringify(ANOTHER_ROLE)}]`),
  // Every portion, one call for names, and the one that established the consent.
  discoveryCallsMax: DISCOVERY_BOUNDS.portionsMax + 2,
  play: async () => {
    const linkedin = new PlayedLinkedIn();
    const origin = await linkedin.start();
    return {
      origin,
      adapterAt: (at, http) => adapterAt(at, { http }),
      consent: () => Promise.resolve(tokensOf(linkedin)),
      secrets: () => [CLIENT_SECRET, ...linkedin.tokens.keys()],
      stop: () => linkedin.stop(),
    };
  },
});
