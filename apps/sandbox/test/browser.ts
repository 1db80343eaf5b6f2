import { CookieJar } from 'tough-cookie';

/** The little of a browser that a sign-in needs: cookies, and redirects one by one. */
export class Browser {
  readonly #jar = new CookieJar();

  async send(url: string, init: RequestInit = {}): Promise<Response> {
    const cookie = await this.#jar.getCookieString(url);
    const reply = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } });
    for (const line of reply.headers.getSetCookie()) await this.#jar.setCookie(line, url);
    return reply;
  }

  /** Follows redirects until a page comes, or an address outside `origin`. */
  async follow(url: string, origin: string, init?: RequestInit): Promise<{ url: string; reply: Response }> {
    let reply = await this.send(url, init);
    let at = url;
    for (let hops = 0; hops < 10 && reply.headers.has('location'); hops += 1) {
      at = new URL(reply.headers.get('location') ?? '', at).toString();
      if (!at.startsWith(origin)) break;
      reply = await this.send(at);
    }
    return { url: at, reply };
  }
}
