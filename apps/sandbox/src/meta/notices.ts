import { createHmac } from 'node:crypto';
import type { SignedNotice, SignedNoticeContext } from '../notices.ts';
import { withdrawConsent } from './consent.ts';
import type { FacebookPerson } from './people.ts';
import { permissionsBody } from './permissions-webhook.ts';
import { signedRequest } from './signed-request.ts';
import type { FacebookWorld } from './world.ts';

type Context = SignedNoticeContext<FacebookWorld, FacebookPerson>;
type Notice = SignedNotice<FacebookWorld, FacebookPerson>;

/** The body of Meta's call-backs: a form with one field, which carries its own signature (meta.md §4.3). */
export function signedRequestForm(
  facts: Pick<Context, 'clientSecret' | 'subjectId' | 'atSeconds' | 'options'>,
): string {
  const signed = signedRequest({
    appSecret: facts.clientSecret,
    userId: facts.subjectId,
    issuedAtSeconds: facts.atSeconds,
    padded: facts.options.padded === true,
  });
  return new URLSearchParams({ signed_request: signed }).toString();
}

const FORM = 'application/x-www-form-urlencoded';

const remove = (world: FacebookWorld, person: FacebookPerson): void => withdrawConsent(world, person, 458);

/** What Facebook tells the app, by name. */
export const FACEBOOK_NOTICES: Record<string, Notice> = {
  deauthorize: {
    callback: 'deauthorize',
    contentType: FORM,
    body: signedRequestForm,
    headers: () => ({}),
    happens: remove,
  },
  'data-deletion': {
    callback: 'data-deletion',
    contentType: FORM,
    body: signedRequestForm,
    headers: () => ({}),
    happens: remove,
    keepsAnswer: true,
  },
  permissions: {
    callback: 'permissions',
    contentType: 'application/json',
    body: ({ subjectId, atSeconds, options }) => {
      const { field, verb } = options;
      return permissionsBody(subjectId, atSeconds, {
        field: typeof field === 'string' ? field : 'connected',
        verb: typeof verb === 'string' ? verb : undefined,
      });
    },
    headers: (rawBody, { clientSecret }) => ({
      'x-hub-signature-256': `sha256=${createHmac('sha256', clientSecret).update(rawBody).digest('hex')}`,
    }),
  },
};
