import { launchSandbox, RunningSandbox } from '@mooring/adapters-core/testing/sandbox';
import { Secret } from '@mooring/contracts';

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
export class PlayedX extends RunningSandbox {
  readonly subjectId = '1460323737035677698';

  static async start(): Promise<PlayedX> {
    const environment = { X_CLIENT_ID: CLIENT_ID, X_CLIENT_SECRET: CLIENT_SECRET, LOG_LEVEL: 'info' };
    const played = new PlayedX(await launchSandbox(environment));
    await played.control('PUT', 'x/switches', { rotation: 'strict' });
    return played;
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
  renewals(): Promise<number> {
    return this.callsOf('x', 'token.refresh');
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
}
