import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Secret } from '@mooring/contracts';

const MAIN = join(import.meta.dirname, '../../../sandbox/dist/main.js');
const CLIENT_ID = 'U2FuZGJveFgwMDAxOjE6Y2k';
const CLIENT_SECRET = 'CANARYxSecretOfConformance';
const PERSON = 'xavier';

/** Tokens of one consent. */
export interface PlayedConsent {
  readonly accessToken: Secret;
  readonly refreshToken: Secret;
  readonly expiresInSeconds: number;
  readonly family: string;
}

/** The sandbox as a process of its own, whose X ends a family of tokens when a spent one comes again. */
export class PlayedX {
  readonly subjectId = '1460323737035677698';

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(): Promise<PlayedX> {
    const env = { PORT: '0', X_CLIENT_ID: CLIENT_ID, X_CLIENT_SECRET: CLIENT_SECRET, LOG_LEVEL: 'info' };
    const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface(child.stdout)) {
      const { msg, url } = JSON.parse(line) as { msg?: string; url?: string };
      if (msg !== 'sandbox listening' || !url) continue;
      child.stdout.resume();
      const played = new PlayedX(child, url);
      await played.control('PUT', 'x/switches', { rotation: 'strict' });
      return played;
    }
    throw new Error('the sandbox ended without listening: is it built?');
  }

  /** Settings of a vault that knows the app. */
  get environment(): Record<string, string> {
    const { url } = this;
    return {
      X_CLIENT_ID: CLIENT_ID,
      X_CLIENT_SECRET: CLIENT_SECRET,
      X_AUTH_URL: `${url}/x.com`,
      X_API_URL: `${url}/api.x.com`,
    };
  }

  get clientId(): string {
    return CLIENT_ID;
  }

  /** Consents of the person, each with a family of its own. */
  async consents(count: number, person = PERSON): Promise<PlayedConsent[]> {
    const granted = (await this.control('POST', `x/people/${person}/grants`, { count })) as {
      accessToken: string;
      refreshToken: string;
      expiresInSeconds: number;
      family: string;
    }[];
    return granted.map(({ accessToken, refreshToken, ...rest }) => ({
      ...rest,
      accessToken: new Secret(accessToken),
      refreshToken: new Secret(refreshToken),
    }));
  }

  /** Renewals that have arrived. */
  async renewals(): Promise<number> {
    const { totals } = (await this.control('GET', 'x/requests')) as { totals: { kinds: Record<string, number> } };
    return totals.kinds['token.refresh'] ?? 0;
  }

  /** True where the platform takes this access token. */
  async takes(accessToken: string): Promise<boolean> {
    const headers = { authorization: `Bearer ${accessToken}` };
    return (await fetch(`${this.url}/api.x.com/2/users/me`, { headers })).ok;
  }

  /** True where a refresh token of the family lives; of the person's latest consents alone. */
  async canBeRenewed(person: string, family: string): Promise<boolean> {
    const { tokens } = (await this.control('GET', `x/people/${person}`)) as {
      tokens: { kind: string; family: string; valid: boolean }[];
    };
    return tokens.some((token) => token.kind === 'refresh' && token.family === family && token.valid);
  }

  async moveClock(offsetMs: number): Promise<void> {
    await this.control('POST', 'clock', { offsetMs });
  }

  async control(method: string, path: string, body?: object): Promise<unknown> {
    const answer = await fetch(`${this.url}/control/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body ? JSON.stringify(body) : null,
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`control ${path}: ${answer.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    this.child.kill('SIGTERM');
    await once(this.child, 'exit');
  }
}
