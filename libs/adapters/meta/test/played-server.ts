import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call as the played host sees it. */
export interface Call {
  method: string;
  /** Without the host and version. */
  path: string;
  parameters: URLSearchParams;
}

/** One of Meta's answers in another's place. */
export interface CannedAnswer {
  status?: number;
  headers?: Record<string, string>;
  body: unknown;
}

/** A host of Meta on this machine. */
export abstract class PlayedServer {
  readonly calls: Call[] = [];
  /** Answers that stand in for the real ones, by path. */
  readonly canned = new Map<string, CannedAnswer>();
  readonly #server: Server = createServer((request, response) => void this.#serve(request, response));

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  protected abstract pathOf(pathname: string): string;
  protected abstract answer(call: Call): CannedAnswer;

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', 'http://graph.invalid');
    const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
    const call = {
      method: request.method ?? '',
      path: this.pathOf(url.pathname),
      parameters: new URLSearchParams([...url.searchParams, ...form]),
    };
    this.calls.push(call);
    const { status = 200, headers, body } = this.canned.get(call.path) ?? this.answer(call);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  }
}

/** Graph's envelope, as recorded: status 400 whatever the code. */
export function graphError(code: number, message: string, subcode?: number): CannedAnswer {
  const error = {
    message,
    type: 'OAuthException',
    code,
    ...(subcode ? { error_subcode: subcode } : {}),
    fbtrace_id: 'AbCd',
  };
  return { status: 400, body: { error } };
}
