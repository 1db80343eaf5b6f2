import { type LiveListener } from '../clients/live-listener.ts';
import { Person } from '../clients/person.ts';
import { type ApiAnswer, callJson, ServiceClient } from '../clients/service-api.ts';
import { appSecret } from '../stack/platform-apps.ts';
import { addresses } from '../stack/settings.ts';
import { WORKSPACES } from '../stack/seed.ts';
import type { Stack } from '../stack/stack.ts';
import { expectThat, patiently } from './story.ts';

/** A connection as the public API shows it; the members that the story looks at. */
export interface ConnectionSeen {
  readonly id: string;
  readonly accountId: string;
  readonly displayName: string;
  readonly status: string;
  readonly reason: { readonly code: string } | null;
  readonly lastCheckedAt: string | null;
  readonly lastRefreshedAt: string | null;
}

/** A refused call as RFC 9457 tells it. */
export interface ProblemSeen {
  readonly code: string;
  readonly detail: string;
  readonly status: number;
  readonly [member: string]: unknown;
}

/** Everything the story's people and services hold in their hands. */
export class DemoWorld {
  readonly stack: Stack;
  readonly urls: ReturnType<typeof addresses>;
  readonly workspace = WORKSPACES.harbour.id;
  /** Services die at fault points and come back: calls may fail for a moment. */
  readonly kills: boolean;
  readonly publisher: ServiceClient;
  readonly #people = new Map<string, Person>();
  readonly #said: (url: string, body: string) => void;
  /** Milliseconds that the business clock is ahead of real time. */
  offsetMs = 0;
  live: LiveListener | undefined;

  constructor(
    stack: Stack,
    options: { readonly kills: boolean; readonly onAnswer: (url: string, body: string) => void },
  ) {
    this.stack = stack;
    this.kills = options.kills;
    this.#said = options.onAnswer;
    this.urls = addresses(stack.facts.ports);
    this.publisher = new ServiceClient({
      issuer: this.urls.issuer,
      clientId: 'publisher',
      clientSecret: stack.facts.secrets.publisherSecret,
      resource: 'urn:mooring:vault',
      scope: 'tokens:read',
    });
  }

  /** A person with the one browser that is theirs. */
  person(subject: string): Person {
    let found = this.#people.get(subject);
    if (!found) {
      found = this.stranger(subject);
      this.#people.set(subject, found);
    }
    return found;
  }

  /** The same person, or another, with a browser that has seen nothing yet. */
  stranger(subject: string): Person {
    return new Person({ subject, issuer: this.urls.issuer, console: this.urls.console, onAnswer: this.#said });
  }

  /** The secret of this stack's app at a platform. */
  secretOf(platform: string): string {
    return appSecret(this.stack.facts.owner, platform);
  }

  /** A call of the sandbox's control API. */
  async control(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await callJson(`${this.urls.sandbox}/control${path}`, { method, headers: {}, body });
    expectThat(answer.status < 300, `the sandbox refused ${method} ${path}: HTTP ${answer.status}`);
    return answer.body;
  }

  /** Moves the business clock of the sandbox and of every service. */
  async moveClock(byMs: number): Promise<void> {
    this.offsetMs += byMs;
    const { offsetMs } = this;
    await this.control('POST', '/clock', { offsetMs });
    for (const ops of Object.values(this.urls.ops)) {
      await patiently(this.kills, async () => {
        const answer = await callJson(`${ops}/testing/clock`, { method: 'POST', headers: {}, body: { offsetMs } });
        expectThat(answer.status < 300, `a service did not move its clock: HTTP ${answer.status}`);
      });
    }
  }

  /** Connections of the demo workspace, as its owner sees them. */
  connections(): Promise<ConnectionSeen[]> {
    return patiently(this.kills, async () => {
      const answer = await this.person('olivia').call('GET', `/v1/workspaces/${this.workspace}/connections`);
      expectThat(answer.status === 200, `the list of connections answered ${answer.status}`);
      return (answer.body as { data: ConnectionSeen[] }).data;
    });
  }

  /** What a publisher gets for a connection. */
  readToken(connectionId: string): Promise<ApiAnswer> {
    const body = { workspaceId: this.workspace, connectionId };
    return this.publisher.call('POST', `${this.urls.vaultTokens}/v1/tokens`, body);
  }

  /** Publishes to a Page at the sandbox, as the product's publisher does, with a token read this moment. */
  async publish(connectionId: string, message: string): Promise<string> {
    const { status, body } = await this.readToken(connectionId);
    expectThat(status === 200, `the token read answered ${status}`);
    const { accessToken, accountId, appSecretProof = '' } = body as Record<string, string>;
    const answer = await fetch(`${this.urls.sandbox}/graph.facebook.com/v25.0/${accountId}/feed`, {
      method: 'POST',
      body: new URLSearchParams({ message, access_token: accessToken ?? '', appsecret_proof: appSecretProof }),
      signal: AbortSignal.timeout(10_000),
    });
    expectThat(answer.ok, `Facebook refused the post: HTTP ${answer.status}`);
    return ((await answer.json()) as { id: string }).id;
  }

  /** Open alerts of the demo workspace. */
  openAlerts(): Promise<Record<string, unknown>[]> {
    return patiently(this.kills, async () => {
      const answer = await this.person('olivia').call('GET', `/v1/alerts?workspace=${this.workspace}`);
      expectThat(answer.status === 200, `the list of alerts answered ${answer.status}`);
      const alerts = (answer.body as { data: Record<string, unknown>[] }).data;
      return alerts.filter((alert) => alert['closedAt'] === null);
    });
  }
}
