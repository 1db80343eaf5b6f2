import { toSeconds } from '../clock.ts';
import { withdrawConsent } from './consent.ts';
import type { FacebookPerson } from './people.ts';
import { signedRequest } from './signed-request.ts';
import type { FacebookWorld } from './world.ts';

const CALLBACK_TIMEOUT_MS = 10_000;

export interface DeauthorizeOptions {
  url: string | undefined;
  /** Breaks the signature, which the receiver must notice. */
  tampered: boolean;
  padded: boolean;
  /** False: the call-back is sent although the person removed nothing. */
  removes: boolean;
}

export interface DeauthorizeResult {
  /** Answer of the call-back, or null where none was sent or none came. */
  callbackStatus: number | null;
  error?: string;
}

/** The person removes the app in their settings; Facebook tells the app's deauthorize call-back. */
export async function deauthorize(
  world: FacebookWorld,
  person: FacebookPerson,
  options: DeauthorizeOptions,
): Promise<DeauthorizeResult> {
  if (options.removes) withdrawConsent(world, person, 458);
  const url = options.url ?? world.app.deauthorizeUrl;
  if (url === undefined) return { callbackStatus: null, error: 'no address: set META_DEAUTHORIZE_URL or send url' };
  const signed = signedRequest({
    appSecret: options.tampered ? `${world.app.appSecret}x` : world.app.appSecret,
    userId: person.asid,
    issuedAtSeconds: toSeconds(world.clock.nowMs()),
    padded: options.padded,
  });
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ signed_request: signed }),
      redirect: 'manual',
      signal: AbortSignal.timeout(CALLBACK_TIMEOUT_MS),
    });
    await response.body?.cancel();
    return { callbackStatus: response.status };
  } catch (error) {
    return { callbackStatus: null, error: error instanceof Error ? error.name : 'unknown' };
  }
}
