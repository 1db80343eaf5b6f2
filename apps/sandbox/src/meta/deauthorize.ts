import { toSeconds } from '../clock.ts';
import { NO_ADDRESS, postCallback, type CallbackResult } from '../push.ts';
import { withdrawConsent } from './consent.ts';
import type { FacebookPerson } from './people.ts';
import { signedRequest } from './signed-request.ts';
import type { FacebookWorld } from './world.ts';

export interface DeauthorizeOptions {
  url: string | undefined;
  /** Breaks the signature, which the receiver must notice. */
  tampered: boolean;
  padded: boolean;
  /** False: the call-back is sent although the person removed nothing. */
  removes: boolean;
}

/** The person removes the app in their settings; Facebook tells the app's deauthorize call-back. */
export function deauthorize(
  world: FacebookWorld,
  person: FacebookPerson,
  options: DeauthorizeOptions,
): Promise<CallbackResult> {
  if (options.removes) withdrawConsent(world, person, 458);
  const url = options.url ?? world.app.callbacks.deauthorize;
  if (url === undefined) return Promise.resolve(NO_ADDRESS);
  const signed = signedRequest({
    appSecret: options.tampered ? `${world.app.clientSecret}x` : world.app.clientSecret,
    userId: person.asid,
    issuedAtSeconds: toSeconds(world.clock.nowMs()),
    padded: options.padded,
  });
  return postCallback(url, { body: new URLSearchParams({ signed_request: signed }) });
}
