import { parseCookie, stringifySetCookie } from 'cookie';
import { isLoopback } from './return-url.ts';

/**
 * The cookie that binds a flow to its browser. On https it has the prefix `__Host-` (this host only, all paths, Secure); on
 * loopback http browsers would refuse that, and any other http is refused at boot.
 */
export class BrowserCookie {
  readonly #secure: boolean;
  readonly #name: string;

  /** @param redirectUri that of the platform whose redirect must bring the cookie back */
  constructor(redirectUri: string) {
    this.#secure = new URL(redirectUri).protocol === 'https:';
    this.#name = this.#secure ? '__Host-mooring-browser' : 'mooring-browser';
  }

  read(header: string | undefined): string | undefined {
    return parseCookie(header ?? '')[this.#name];
  }

  /** The value of `Set-Cookie`. Lax, since the platform's redirect is a navigation from another site. */
  write(value: string): string {
    return stringifySetCookie({
      name: this.#name,
      value,
      httpOnly: true,
      secure: this.#secure,
      sameSite: 'lax',
      path: '/',
    });
  }
}

/** Throws RangeError for a redirect URI that is neither https nor loopback http: its cookie could be read on the way. */
export function checkRedirectUri(redirectUri: string): void {
  const url = new URL(redirectUri);
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
  if (!safe) throw new RangeError('a redirect URI must be https, or http on this machine');
}
