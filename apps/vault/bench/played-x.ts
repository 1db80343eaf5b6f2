import { launchSandbox, RunningSandbox } from '@mooring/adapters-core/testing/sandbox';
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
export class PlayedX extends RunningSandbox {
  readonly environment: Readonly<Record<string, string>> = {
    ...APP,
    X_API_URL: `${this.url}/api.x.com`,
    X_AUTH_URL: `${this.url}/x.com`,
  };

  static async start(): Promise<PlayedX> {
    return new PlayedX(await launchSandbox({ ...APP, LOG_LEVEL: 'info' }));
  }

  /** So many consents of one person, each a family of its own. */
  async consents(count: number): Promise<Consented[]> {
    return (await this.control('POST', `x/people/${PERSON}/grants`, { count })) as Consented[];
  }

  async answerIn(latencyMs: number): Promise<void> {
    if (latencyMs === 0) await this.control('DELETE', 'x/fault');
    else await this.control('PUT', 'x/fault', { fault: 'slow', calls: ['token.refresh'], delayMs: latencyMs });
  }

  async forgetAnswers(): Promise<void> {
    await this.control('DELETE', 'x/requests');
  }

  async answers(): Promise<TokenAnswers> {
    const { totals } = (await this.control('GET', 'x/requests')) as { totals: { statuses: Record<string, number> } };
    const of = (status: string): number =>
      Object.entries(totals.statuses)
        .filter(([call]) => call.includes('token') && call.endsWith(` ${status}`))
        .reduce((sum, [, count]) => sum + count, 0);
    return { renewed: of('200'), refused: of('400') };
  }
}
