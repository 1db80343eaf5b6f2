import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const LIFE_SECONDS = 3_600;
const ME = { id: 'person-7', name: 'Bella Board' };

/** The seventh platform as its makers would run it: consent at once, refresh tokens that stay, two boards. */
export class PlayedBulletin {
  readonly #server: Server;
  readonly #access = new Set<string>();
  readonly #refresh = new Set<string>();
  renewals = 0;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<PlayedBulletin> {
    const server = createServer();
    const played = new PlayedBulletin(server);
    server.on('request', (request, response) => void played.#answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return played;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The person removes the app in the platform's settings. */
  removeApp(): void {
    this.#access.clear();
    this.#refresh.clear();
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    const json = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (url.pathname === '/authorize') {
      const back = new URL(url.searchParams.get('redirect_uri') ?? '');
      back.search = new URLSearchParams({ code: 'code-7', state: url.searchParams.get('state') ?? '' }).toString();
      response.writeHead(303, { location: back.href }).end();
      return;
    }
    const form = await formOf(request);
    if (url.pathname === '/token') return this.#token(form, json);
    if (url.pathname === '/revoke') {
      this.removeApp();
      return json(200, {});
    }
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (!this.#access.has(bearer)) return json(401, { error: 'token_revoked' });
    const boards = [
      { id: 'board-1', name: 'Town hall' },
      { id: 'board-2', name: 'Library', readonly: true },
    ];
    return json(200, { owner: ME, boards });
  }

  #token(form: URLSearchParams, json: (status: number, body: object) => void): void {
    const renewing = form.get('grant_type') === 'refresh_token';
    if (renewing && !this.#refresh.has(form.get('refresh_token') ?? '')) return json(401, { error: 'token_revoked' });
    if (renewing) this.renewals += 1;
    const access = `CANARY${randomBytes(24).toString('hex')}`;
    const refresh = renewing ? (form.get('refresh_token') ?? '') : `CANARY${randomBytes(24).toString('hex')}`;
    this.#access.add(access);
    this.#refresh.add(refresh);
    json(200, {
      access_token: access,
      refresh_token: refresh,
      expires_in: LIFE_SECONDS,
      scope: 'boards.read boards.post',
    });
  }
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}
