import { type FakeAnswer, type FakeServer, type SeenRequest, startFakeServer } from './http-server.ts';

/** Recognisable wherever they might leak to. */
export const CANARIES = { access: 'canary-access-333333333333', refresh: 'canary-refresh-44444444444' } as const;
/** Secret of every app here. */
export const CANARY_SECRET = 'canary-client-secret-555555';

const TOKENS = { access_token: CANARIES.access, refresh_token: CANARIES.refresh };

/** What each token endpoint answers, as documented, by the host that it is on. */
const ANSWERS: Readonly<Record<string, object>> = {
  'api.instagram.com': {
    data: [
      {
        access_token: CANARIES.access,
        user_id: '17841400000000001',
        permissions: 'instagram_business_basic,instagram_business_content_publish',
      },
    ],
  },
  'www.linkedin.com': {
    ...TOKENS,
    expires_in: 5_183_999,
    refresh_token_expires_in: 31_536_059,
    scope: 'openid profile rw_organization_admin r_organization_social w_organization_social',
  },
  'open.tiktokapis.com': {
    ...TOKENS,
    expires_in: 7_200,
    refresh_expires_in: 15_552_000,
    open_id: 'open-id-0001',
    scope: 'user.info.basic,video.publish',
    token_type: 'Bearer',
  },
  'api.x.com': {
    ...TOKENS,
    expires_in: 7_200,
    scope: 'tweet.read tweet.write users.read offline.access media.write',
    token_type: 'bearer',
  },
};

/** The token endpoints of the platforms beside Facebook over real HTTP, each host as a path of one server. */
export class FakePlatforms {
  #server: FakeServer;
  /** In place of the next answers. */
  refusal: FakeAnswer | null = null;
  readonly seen: SeenRequest[] = [];

  async start(): Promise<void> {
    this.#server = await startFakeServer((request) => {
      this.seen.push(request);
      const answer = ANSWERS[request.path.split('/')[1] ?? ''];
      return this.refusal ?? (answer ? { status: 200, body: answer } : { status: 404 });
    });
  }

  get url(): string {
    return this.#server.url;
  }

  reset(): void {
    this.refusal = null;
    this.seen.length = 0;
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  /** Settings of a gateway whose platforms these are. */
  environment(): Record<string, string> {
    const redirectUris: Record<string, string> = {};
    for (const platform of ['instagram', 'linkedin', 'tiktok', 'x']) {
      redirectUris[`${platform.toUpperCase()}_REDIRECT_URI`] = `http://127.0.0.1:4001/connect/${platform}/callback`;
    }
    return {
      ...redirectUris,
      INSTAGRAM_APP_ID: '4712',
      INSTAGRAM_APP_SECRET: CANARY_SECRET,
      INSTAGRAM_DIALOG_URL: `${this.url}/www.instagram.com`,
      INSTAGRAM_API_URL: `${this.url}/api.instagram.com`,
      INSTAGRAM_GRAPH_URL: `${this.url}/graph.instagram.com`,
      LINKEDIN_CLIENT_ID: 'linkedin-client',
      LINKEDIN_CLIENT_SECRET: CANARY_SECRET,
      LINKEDIN_AUTH_URL: `${this.url}/www.linkedin.com`,
      LINKEDIN_API_URL: `${this.url}/api.linkedin.com`,
      TIKTOK_CLIENT_KEY: 'tiktok-client',
      TIKTOK_CLIENT_SECRET: CANARY_SECRET,
      TIKTOK_AUTH_URL: `${this.url}/www.tiktok.com`,
      TIKTOK_API_URL: `${this.url}/open.tiktokapis.com`,
      TIKTOK_PKCE: 'hex',
      X_CLIENT_ID: 'x-client',
      X_CLIENT_SECRET: CANARY_SECRET,
      X_AUTH_URL: `${this.url}/x.com`,
      X_API_URL: `${this.url}/api.x.com`,
    };
  }
}
