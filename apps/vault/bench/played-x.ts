import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const MAIN = join(import.meta.dirname, '../../../sandbox/dist/main.js');
const PERSON = 'xavier';
const APP = { X_CLIENT_ID: 'bench-app', X_CLIENT_SECRET: 'CANARY-bench-app-secret' };

/** One consent as the sandbox gives it. */
export interface Consented {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** What the token endpoint has answered since the last look. */
export interface TokenAnswers {
  readonly renewed: number;
  /** Refused, as a token is that comes a second time. */
  readonly refused: number;
}

/** The sandbox's X as a process of its own: strict, and as slow as it is told to be. */
export class PlayedX {
  readonly environment: Readonly<Record<string, string>>;

  private constructor(
    private readonly child: ChildProcess,
    private readonly url: string,
  ) {
    this.environment = { ...APP, X_API_URL: `${url}/api.x.com`, X_AUTH_URL: `${url}/x.com` };
  }

  static async start(): Promise<PlayedX> {
    const env = { ...APP, PORT: '0', LOG_LEVEL: 'info' };
    const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'ignore'] });
    for await (const line of createInterface(child.stdout)) {
      const entry = JSON.parse(line) as { msg?: string; url?: string };
      if (entry.msg !== 'sandbox listening' || !entry.url) continue;
      child.stdout.resume();
      return new PlayedX(child, entry.url);
    }
    throw new Error('the sandbox ended without listening: is it built?');
  }

  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    await once(this.child, 'exit');
  }

  /** So many consents of one person, each a family of its own. */
  async consents(count: number): Promise<Consented[]> {
    return (await this.#control('POST', `people/${PERSON}/grants`, { count })) as Consented[];
  }

  async answerIn(latencyMs: number): Promise<void> {
    if (latencyMs === 0) await this.#control('DELETE', 'fault');
    else await this.#control('PUT', 'fault', { fault: 'slow', calls: ['token.refresh'], delayMs: latencyMs });
  }

  async forgetAnswers(): Promise<void> {
    await this.#control('DELETE', 'requests');
  }

  async answers(): Promise<TokenAnswers> {
    const { totals } = (await this.#control('GET', 'requests')) as { totals: { statuses: Record<string, number> } };
    const of = (status: string): number =>
      Object.entries(totals.statuses)
        .filter(([call]) => call.includes('token') && call.endsWith(` ${status}`))
        .reduce((sum, [, count]) => sum + count, 0);
    return { renewed: of('200'), refused: of('400') };
  }

  async #control(method: string, path: string, body?: object): Promise<unknown> {
    const answer = await fetch(`${this.url}/control/x/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body ? JSON.stringify(body) : null,
    });
    if (!answer.ok) throw new Error(`the sandbox refused ${method} ${path}: HTTP ${answer.status}`);
    const text = await answer.text();
    return text === '' ? null : JSON.parse(text);
  }
}
