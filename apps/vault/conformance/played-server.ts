import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server does with every request: an answer, no answer at all, or the connection cut. */
export type Play =
  | { readonly status: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> }
  | 'reset'
  | 'hang';

/** A platform over HTTP that does what the conformance says. */
export class PlayedServer {
  /** Requests since the last look, by path. */
  readonly requests: string[] = [];
  readonly #server: Server;
  #answer: (path: string, form: URLSearchParams) => Play;

  private constructor(answer: (path: string, form: URLSearchParams) => Play) {
    this.#answer = answer;
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  static async start(answer: (path: string, form: URLSearchParams) => Play): Promise<PlayedServer> {
    const played = new PlayedServer(answer);
    await new Promise<void>((resolve) => played.#server.listen(0, '127.0.0.1', resolve));
    return played;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** From now on requests are answered so. */
  play(answer: (path: string, form: URLSearchParams) => Play): void {
    this.#answer = answer;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://played.test');
    const text = Buffer.concat(chunks).toString('utf8');
    const play = this.#answer(pathname, text === '' ? searchParams : new URLSearchParams(text));
    this.requests.push(pathname);
    if (play === 'reset') return void request.socket.destroy();
    // Whoever asks gives up by itself.
    if (play === 'hang') return;
    response.writeHead(play.status, { 'content-type': 'application/json', ...play.headers });
    response.end(play.body);
  }
}
