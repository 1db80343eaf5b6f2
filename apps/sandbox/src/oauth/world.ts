import type { CanaryMint } from '../canary.ts';
import type { PlatformClock } from '../clock.ts';
import type { AppSettings } from '../config.ts';
import { FaultBox } from '../faults/fault-box.ts';
import { NoticeSender } from '../notices.ts';
import { RequestLog } from '../request-log.ts';
import { CodeBook } from './codes.ts';
import { GrantBook } from './grants.ts';
import { PostBook } from './posts.ts';
import type { OAuthProfile, PlayedPerson, SwitchValue } from './profile.ts';
import { emptyOAuthState, emptyPersonState, type OAuthState, type PersonState } from './state.ts';

/** How the next consent page decides by itself, so that it redirects at once. */
export interface NextDialog {
  decision: 'approve' | 'deny' | 'error' | 'empty';
  person?: string;
  untick: string[];
  /** With `error`: the parameters of the redirect. */
  parameters: Record<string, string>;
}

/** What the next tokens are like; `on` limits it to one way of getting them. */
export interface NextToken {
  on?: 'code' | 'refresh' | 'exchange';
  lifetimeSeconds?: number;
  refreshLifetimeSeconds?: number;
  omitExpiresIn?: boolean;
  omitRefreshToken?: boolean;
  remaining: number;
}

export interface WorldParts {
  profile: OAuthProfile;
  app: AppSettings;
  publicUrl: string;
  clock: PlatformClock;
  mint: CanaryMint;
  state: OAuthState;
  changed: () => void;
}

/** One played platform: who is there, what they allowed, and how it is told to behave. */
export class OAuthWorld {
  readonly profile: OAuthProfile;
  readonly app: AppSettings;
  /** Address of the whole sandbox; the platform's hosts are paths below it. */
  readonly publicUrl: string;
  readonly clock: PlatformClock;
  readonly mint: CanaryMint;
  readonly state: OAuthState;
  readonly changed: () => void;
  readonly faults = new FaultBox();
  readonly log = new RequestLog();
  readonly codes: CodeBook;
  readonly grants: GrantBook;
  readonly posts: PostBook;
  readonly notices: NoticeSender<OAuthWorld, PlayedPerson>;
  readonly #secretAtFirst: string;
  nextDialog: NextDialog | undefined;
  nextToken: NextToken | undefined;

  constructor(parts: WorldParts) {
    this.profile = parts.profile;
    this.app = parts.app;
    this.publicUrl = parts.publicUrl;
    this.clock = parts.clock;
    this.mint = parts.mint;
    this.state = parts.state;
    this.changed = parts.changed;
    this.#secretAtFirst = parts.app.clientSecret;
    this.codes = new CodeBook(this);
    this.grants = new GrantBook(this);
    this.posts = new PostBook(this);
    this.notices = new NoticeSender<OAuthWorld, PlayedPerson>(
      this,
      this.profile.notices ?? {},
      (person) => person.subjectId,
    );
  }

  /** By sandbox id or by the platform's own id of the person. */
  person(id: string): PlayedPerson | undefined {
    return this.profile.people.find((person) => person.id === id || person.subjectId === id);
  }

  stateOf(person: PlayedPerson): PersonState {
    return (this.state.people[person.id] ??= emptyPersonState());
  }

  /** Accounts on which the person's role still stands. */
  accountsOf(person: PlayedPerson): PlayedPerson['accounts'] {
    const { lostAccounts } = this.stateOf(person);
    return person.accounts.filter((account) => !lostAccounts.includes(account.id));
  }

  switch(name: string): SwitchValue | undefined {
    return this.state.switches[name];
  }

  takeNextDialog(): NextDialog | undefined {
    const next = this.nextDialog;
    this.nextDialog = undefined;
    return next;
  }

  takeNextToken(on: 'code' | 'refresh' | 'exchange'): NextToken | undefined {
    const next = this.nextToken;
    if (next === undefined || (next.on !== undefined && next.on !== on)) return undefined;
    next.remaining -= 1;
    if (next.remaining <= 0) this.nextToken = undefined;
    return next;
  }

  reset(): void {
    Object.assign(this.state, emptyOAuthState(this.profile.switches ?? {}));
    this.app.clientSecret = this.#secretAtFirst;
    this.grants.reindex();
    this.notices.clear();
    this.faults.clear();
    this.log.clear();
    this.nextDialog = undefined;
    this.nextToken = undefined;
    this.changed();
  }
}
