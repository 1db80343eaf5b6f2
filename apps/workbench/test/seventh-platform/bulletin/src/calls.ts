import { parsePlatformJson, type PlatformHttp } from '@mooring/adapters-core';
import type { Secret } from '@mooring/contracts';
import type { BulletinEndpoints } from './endpoints.ts';
import { classifyBulletinAnswer } from './errors.ts';
import type { BulletinSettings } from './settings.ts';

/** The calls that Bulletin answers. Each throws PlatformFailure for anything but a success. */
export class BulletinCalls {
  constructor(
    private readonly given: {
      readonly settings: BulletinSettings;
      readonly endpoints: BulletinEndpoints;
      readonly http: PlatformHttp;
      readonly now: () => Date;
    },
  ) {}

  now(): Date {
    return this.given.now();
  }

  token(form: Readonly<Record<string, string>>): Promise<unknown> {
    return this.#post(this.given.endpoints.tokenUrl, form);
  }

  revoke(token: Secret): Promise<unknown> {
    return this.#post(this.given.endpoints.revokeUrl, { token: token.reveal() });
  }

  boards(token: Secret): Promise<unknown> {
    return this.get(this.given.endpoints.boardsUrl, token);
  }

  async get(url: string, token: Secret): Promise<unknown> {
    const headers = { authorization: `Bearer ${token.reveal()}` };
    return this.#read(await this.given.http.send({ method: 'GET', url, headers }));
  }

  async #post(url: string, form: Readonly<Record<string, string>>): Promise<unknown> {
    const { clientId, clientSecret } = this.given.settings;
    const whole = { ...form, client_id: clientId, client_secret: clientSecret.reveal() };
    return this.#read(await this.given.http.send({ method: 'POST', url, form: whole }));
  }

  #read({ status, body }: { status: number; body: string }): unknown {
    if (status >= 200 && status < 300) return parsePlatformJson(body);
    throw classifyBulletinAnswer(status, body);
  }
}
