import { type FakeAnswer, type FakeServer, type SeenRequest, startFakeServer } from './http-server.ts';

/** Recognisable wherever it might leak to. */
export const CANARY_TOKEN = 'EAABcanarytoken0000000000000000';
/** An authorization code that is recognisable too. */
export const CANARY_CODE = 'canarycode1111111111111111';

const TOKEN: FakeAnswer = {
  status: 200,
  body: { access_token: CANARY_TOKEN, token_type: 'bearer', expires_in: 5_177 },
};

/** Meta's token endpoint over real HTTP. */
export class FakeFacebook {
  #server: FakeServer;
  answer: FakeAnswer = TOKEN;
  readonly seen: SeenRequest[] = [];

  async start(): Promise<void> {
    this.#server = await startFakeServer((request) => {
      this.seen.push(request);
      return this.answer;
    });
  }

  get url(): string {
    return this.#server.url;
  }

  reset(): void {
    this.answer = TOKEN;
    this.seen.length = 0;
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }
}

/** An error in Graph's envelope. */
export function graphError(code: number, subcode?: number): FakeAnswer {
  const error = { message: 'placeholder', type: 'OAuthException', code, error_subcode: subcode, fbtrace_id: 'Atrace' };
  return { status: 400, body: { error } };
}
