import { ProblemError } from '@mooring/client';
import { type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import type { Configuration } from '../app/configuration.ts';

/** Where the identity provider sends people back to. */
export const SIGNED_IN_PATH = '/callback';

/** Who is signed in, as far as the page shows it. */
export interface Person {
  readonly subject: string;
  readonly name: string;
  readonly email: string | null;
}

/** Sign-in by OpenID Connect: authorization code with PKCE, tokens in this tab's session storage only. */
export class Session {
  readonly #manager: UserManager;
  readonly #resource: string;
  readonly #listeners = new Set<() => void>();
  #renewal: Promise<User | null> | null = null;

  constructor(configuration: Configuration) {
    const origin = window.location.origin;
    this.#resource = configuration.resource;
    const store = new WebStorageStateStore({ store: window.sessionStorage });
    this.#manager = new UserManager({
      authority: configuration.oidcIssuer,
      client_id: configuration.oidcClientId,
      redirect_uri: `${origin}${SIGNED_IN_PATH}`,
      post_logout_redirect_uri: `${origin}/`,
      scope: 'openid profile email',
      // RFC 8707: at the authorization endpoint and again at the token endpoint, or the token has another audience.
      extraQueryParams: { resource: configuration.resource },
      extraTokenParams: { resource: configuration.resource },
      userStore: store,
      stateStore: store,
      automaticSilentRenew: false,
      monitorSession: false,
      loadUserInfo: false,
    });
  }

  /** The person whose token is good, or null. */
  async person(): Promise<Person | null> {
    const user = await this.#manager.getUser();
    return user && !user.expired ? personOf(user) : null;
  }

  /** Leaves for the identity provider; `returnTo` is a path of this page. */
  signIn(returnTo: string): Promise<void> {
    return this.#manager.signinRedirect({ state: { returnTo } });
  }

  /** Finishes a sign-in at {@link SIGNED_IN_PATH}; resolves with the path to go on at. */
  async completeSignIn(): Promise<string> {
    const user = await this.#manager.signinRedirectCallback();
    const returnTo = (user.state as { returnTo?: string } | undefined)?.returnTo ?? '/';
    return returnTo.startsWith('/') && !returnTo.startsWith('//') ? returnTo : '/';
  }

  /** Ends the session here and, where it can be, at the identity provider. */
  async signOut(): Promise<void> {
    try {
      await this.#manager.signoutRedirect();
    } catch {
      await this.end();
    }
  }

  /** Forgets the tokens, because they are no longer accepted. */
  async end(): Promise<void> {
    await this.#manager.removeUser();
    for (const listener of this.#listeners) listener();
  }

  /** Told when the session has ended without a sign-out. */
  onEnded(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A token for a call now. Rejects with `unauthenticated` where there is none; the session has then ended. */
  accessToken = async (): Promise<string> => {
    const user = await this.#manager.getUser();
    if (user && !user.expired) return user.access_token;
    const renewed = user?.refresh_token ? await this.#renewed() : null;
    if (renewed) return renewed.access_token;
    await this.end();
    throw signedOut();
  };

  #renewed(): Promise<User | null> {
    this.#renewal ??= this.#manager
      .signinSilent({ resource: this.#resource })
      .catch(() => null)
      .finally(() => (this.#renewal = null));
    return this.#renewal;
  }
}

function personOf(user: User): Person {
  const { sub, name, preferred_username: nick, email } = user.profile;
  return { subject: sub, name: name ?? nick ?? email ?? sub, email: email ?? null };
}

function signedOut(): ProblemError {
  return new ProblemError({
    code: 'unauthenticated',
    status: 401,
    title: 'Not signed in',
    detail: 'Your session has ended. Please sign in again.',
    action: 'sign_in',
    retryable: false,
    requestId: null,
    errors: [],
    members: {},
  });
}
