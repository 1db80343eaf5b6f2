import { CANARY_CODE } from './fake-facebook.ts';
import { type ApiAnswer, type GatewayFixture, RETURN_URL } from './gateway-fixture.ts';
import { WORKSPACE } from './grant-states.ts';

type ConnectionBody = Readonly<Record<string, unknown>> & { readonly id: string; readonly status: string };

/** An offered account, as far as tests look at it. */
export interface OfferedBody {
  readonly accountId: string;
  readonly kind: string;
  readonly platform: string;
  readonly countsForPlan: boolean;
  readonly selectable: boolean;
  readonly unselectableReason: string | null;
  readonly unselectableMessage: string | null;
}

/** The answer to a claim or a selection, as far as tests look at it. */
export interface Outcome {
  readonly session: { readonly id: string; readonly state: string };
  readonly accounts: readonly OfferedBody[];
  readonly plan: { readonly used: number; readonly limit: number };
  readonly connections: readonly ConnectionBody[];
}

/** Where a browser was sent. */
export interface BrowserAnswer {
  readonly status: number;
  readonly location: string;
  readonly text: string;
  readonly headers: Headers;
}

/** What the browser brought back to the page. */
export interface BroughtBack {
  readonly session: string;
  readonly result: string;
}

/** A browser: one cookie, no redirect followed by itself. */
export class Browser {
  cookie = '';

  constructor(private readonly fixture: GatewayFixture) {}

  async open(address: string): Promise<BrowserAnswer> {
    const { pathname, search } = new URL(address, this.fixture.url);
    const response = await fetch(this.fixture.url + pathname + search, {
      redirect: 'manual',
      headers: this.cookie ? { cookie: this.cookie } : {},
    });
    const [set] = response.headers.getSetCookie();
    if (set) this.cookie = set.split(';')[0] ?? '';
    const { status, headers } = response;
    return { status, headers, location: headers.get('location') ?? '', text: await response.text() };
  }

  /** The platform sends the browser back. */
  callback(state: string, parameters: Record<string, string> = { code: CANARY_CODE }, platform = 'facebook') {
    return this.open(`/connect/${platform}/callback?${new URLSearchParams({ ...parameters, state }).toString()}`);
  }
}

/** A person and that person's browser on the way through the connect flow. */
export class ConnectDriver {
  constructor(
    private readonly fixture: GatewayFixture,
    private readonly person = 'olga',
    readonly browser: Browser = new Browser(fixture),
  ) {}

  begin(
    body: object = {},
    workspace = WORKSPACE,
  ): Promise<ApiAnswer<{ id: string; startUrl: string; expiresAt: string; code: string }>> {
    return this.fixture.call(this.person, `POST /v1/workspaces/${workspace}/connect-sessions`, {
      platform: 'facebook',
      returnUrl: RETURN_URL,
      ...body,
    });
  }

  /** Begins and opens the start link; answers the OAuth state that went out. */
  async start(startUrl?: string): Promise<{ sessionId: string; state: string; dialog: URL }> {
    const address = startUrl ?? (await this.begin()).body.startUrl;
    const { location } = await this.browser.open(address);
    const dialog = new URL(location);
    return { sessionId: address.split('/').at(-2) ?? '', state: dialog.searchParams.get('state') ?? '', dialog };
  }

  /** Through the platform and back to the page. */
  async consent(parameters?: Record<string, string>, startUrl?: string, platform?: string): Promise<BroughtBack> {
    const { state } = await this.start(startUrl);
    return broughtBack(await this.browser.callback(state, parameters, platform));
  }

  claim({ session, result }: BroughtBack, person = this.person): Promise<ApiAnswer<Outcome & { code: string }>> {
    return this.fixture.call(person, `POST /v1/connect-sessions/${session}/claim`, { result });
  }

  select(session: string, ...accountIds: string[]): Promise<ApiAnswer<Outcome & { code: string; detail: string }>> {
    const accounts = accountIds.map((accountId) => ({ accountId, kind: 'facebook_page' }));
    return this.choose(session, accounts);
  }

  choose(
    session: string,
    accounts: readonly { accountId: string; kind: string }[],
  ): Promise<ApiAnswer<Outcome & { code: string; detail: string }>> {
    const chosen = accounts.map(({ accountId, kind }) => ({ accountId, kind }));
    return this.fixture.call(this.person, `POST /v1/connect-sessions/${session}/selection`, { accounts: chosen });
  }

  /** All the way: the chosen Pages are connected. */
  async connect(...accountIds: string[]): Promise<readonly ConnectionBody[]> {
    const back = await this.consent();
    await this.claim(back);
    const { status, body } = await this.select(back.session, ...accountIds);
    if (status !== 200) throw new Error(`not connected: ${JSON.stringify(body)}`);
    return body.connections;
  }

  /** Begins to reconnect; answers the start link. */
  async beginReconnect(connectionId: string, body: object = {}): Promise<string> {
    const path = `/v1/connections/${connectionId}/reconnect-sessions`;
    const { body: answer } = await this.fixture.call<{ startUrl: string }>(this.person, `POST ${path}`, {
      returnUrl: RETURN_URL,
      ...body,
    });
    return answer.startUrl;
  }
}

/** Reads the fragment of the address that a browser was sent back to. */
export function broughtBack({ location }: BrowserAnswer): BroughtBack {
  const fragment = new URLSearchParams(new URL(location).hash.slice(1));
  return { session: fragment.get('session') ?? '', result: fragment.get('result') ?? '' };
}
