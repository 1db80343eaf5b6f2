import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as rest } from 'node:timers/promises';

/** A refresh token of the played platform: whose, and which of a row. */
export function refreshToken(serial: number, step: number): string {
  return `refresh-token-of-person-${serial}-${step}`;
}

const PATTERN = /^refresh-token-of-person-(\d+)-(\d+)$/;

/** A platform's token endpoint as X has it: each refresh token is taken once, and the answer takes its time. */
export class StrictPlatform {
  latencyMs = 0;
  /** Calls since the last look. */
  calls = 0;
  /** Refresh tokens that came a second time. Must stay 0. */
  reused = 0;
  inFlightPeak = 0;
  #inFlight = 0;
  readonly #steps = new Map<number, number>();
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      void this.#answer(request).then((body) => {
        response.writeHead(body ? 200 : 400, { 'content-type': 'application/json' });
        response.end(
          JSON.stringify(
            body ?? { error: 'invalid_request', error_description: 'Value passed for the token was invalid.' },
          ),
        );
      });
    });
    this.#server.keepAliveTimeout = 60_000;
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage): Promise<object | null> {
    this.#inFlight += 1;
    this.inFlightPeak = Math.max(this.inFlightPeak, this.#inFlight);
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    if (this.latencyMs > 0) await rest(this.latencyMs);
    this.#inFlight -= 1;
    const found = PATTERN.exec(new URLSearchParams(Buffer.concat(chunks).toString('utf8')).get('refresh_token') ?? '');
    // A check of the app's readiness comes with no token of anybody.
    if (!found) return null;
    const [serial, step] = found.slice(1).map(Number);
    this.calls += 1;
    if (serial === undefined || step === undefined || (this.#steps.get(serial) ?? 0) !== step) {
      this.reused += 1;
      return null;
    }
    this.#steps.set(serial, step + 1);
    return {
      token_type: 'bearer',
      expires_in: 7_200,
      access_token: `access-token-of-person-${serial}-${step + 1}-${'a'.repeat(60)}`,
      refresh_token: refreshToken(serial, step + 1),
      scope: 'tweet.read tweet.write users.read offline.access',
    };
  }
}
