import { MooringError } from '@mooring/contracts';

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/** True for an address on this machine, where plain http is no risk. */
export function isLoopback(url: URL): boolean {
  return LOOPBACK_HOSTS.has(url.hostname);
}

function isWebPage({ protocol }: URL): boolean {
  return protocol === 'https:' || protocol === 'http:';
}

/**
 * Where browsers may be sent back to: web pages by exact origin, custom schemes of mobile apps by the whole string. The
 * list is checked at boot; the address is stored at the start of a flow and never taken from a call-back.
 */
export class ReturnUrls {
  readonly #origins = new Set<string>();
  readonly #wholeAddresses = new Set<string>();

  /** @throws RangeError for an http address that isn't on this machine, for an origin with a path, and for no URL at all */
  constructor(allowed: readonly string[]) {
    for (const [index, entry] of allowed.entries()) this.#allow(entry, index + 1);
  }

  /** Throws MooringError `return_url_not_allowed`. */
  check(address: string): void {
    if (this.#wholeAddresses.has(address)) return;
    const url = URL.canParse(address) ? new URL(address) : null;
    const plain = url !== null && url.username === '' && url.password === '' && !address.includes('#');
    // A `blob:` address has the origin of the page that made it.
    if (!plain || !isWebPage(url) || !this.#origins.has(url.origin)) {
      throw new MooringError('return_url_not_allowed', {
        errors: [{ pointer: '/returnUrl', detail: 'is not on the list of allowed addresses, or has a fragment' }],
      });
    }
  }

  #allow(entry: string, position: number): void {
    const refuse = (reason: string): never => {
      throw new RangeError(`entry ${position} of the allowed return addresses ${reason}`);
    };
    if (!URL.canParse(entry)) return refuse('is no URL');
    const url = new URL(entry);
    if (!isWebPage(url)) {
      if (entry.includes('#') || url.protocol === 'javascript:' || url.protocol === 'data:') refuse('cannot be used');
      this.#wholeAddresses.add(entry);
      return;
    }
    if (url.protocol === 'http:' && !isLoopback(url)) refuse('is plain http outside this machine');
    if (url.origin !== entry.replace(/\/$/, '')) refuse('is more than an origin');
    this.#origins.add(url.origin);
  }
}

/** The address that a browser goes back to, with what the page needs in the fragment, which no server logs. */
export function returnAddress(returnUrl: string, sessionId: string, resultCode: string): string {
  const url = new URL(returnUrl);
  // As it was checked, and so that a header can carry it; custom schemes stay as they stand on the list.
  const address = isWebPage(url) ? url.href : returnUrl;
  return `${address}#${new URLSearchParams({ session: sessionId, result: resultCode }).toString()}`;
}
