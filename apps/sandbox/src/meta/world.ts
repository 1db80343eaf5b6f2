import type { CanaryMint } from '../canary.ts';
import type { PlatformClock } from '../clock.ts';
import type { AppSettings } from '../config.ts';
import { FaultBox } from '../faults/fault-box.ts';
import { NoticeSender } from '../notices.ts';
import { FACEBOOK_NOTICES } from './notices.ts';
import type { AdAccount } from './ad-accounts.ts';
import type { FacebookPerson, PageRole } from './people.ts';
import { emptyPersonState, type FacebookState, type PersonState } from './state.ts';

const DAY_MS = 86_400_000;

export type DialogDecision = 'approve' | 'deny' | 'misconfigured' | 'empty';

/** How the next dialog decides by itself, so that it redirects at once. */
export interface NextDialog {
  decision: DialogDecision;
  person?: string;
  untick: string[];
  /** Pages to tick; absent: all. */
  pages?: string[];
}

/** What the next token of one grant type is like. */
export interface NextToken {
  on: 'code' | 'exchange';
  lifetimeSeconds?: number;
  omitExpiresIn?: boolean;
  extends?: boolean;
  remaining: number;
}

export interface WorldParts {
  app: AppSettings;
  publicUrl: string;
  clock: PlatformClock;
  mint: CanaryMint;
  state: FacebookState;
  changed: () => void;
}

/** The sandbox's Facebook: who is there, what they allowed, and how it is told to behave. */
export class FacebookWorld {
  readonly app: AppSettings;
  readonly publicUrl: string;
  readonly clock: PlatformClock;
  readonly mint: CanaryMint;
  readonly state: FacebookState;
  readonly changed: () => void;
  readonly faults = new FaultBox();
  readonly notices: NoticeSender<FacebookWorld, FacebookPerson>;
  nextDialog: NextDialog | undefined;
  nextToken: NextToken | undefined;

  constructor(parts: WorldParts) {
    this.app = parts.app;
    this.publicUrl = parts.publicUrl;
    this.clock = parts.clock;
    this.mint = parts.mint;
    this.state = parts.state;
    this.changed = parts.changed;
    this.notices = new NoticeSender<FacebookWorld, FacebookPerson>(this, FACEBOOK_NOTICES, (person) => person.asid);
  }

  stateOf(person: FacebookPerson): PersonState {
    return (this.state.people[person.id] ??= emptyPersonState());
  }

  has(person: FacebookPerson, permission: string): boolean {
    return this.stateOf(person).permissions[permission] === 'granted';
  }

  grantedPermissions(person: FacebookPerson): string[] {
    const { permissions } = this.stateOf(person);
    return Object.keys(permissions).filter((permission) => permissions[permission] === 'granted');
  }

  isAuthorized(person: FacebookPerson): boolean {
    return this.stateOf(person).consentedAtMs !== null;
  }

  /** The person's present role on a Page, or undefined where there is none or it was lost. */
  roleOn(person: FacebookPerson, pageId: string): PageRole | undefined {
    if (this.stateOf(person).lostRoles.includes(pageId)) return undefined;
    return person.roles.find((role) => role.pageId === pageId);
  }

  /** Roles on Pages that the person opened to the app. */
  visibleRoles(person: FacebookPerson): PageRole[] {
    const { selectedPages } = this.stateOf(person);
    return person.roles.filter(
      (role) =>
        this.roleOn(person, role.pageId) !== undefined &&
        (selectedPages === null || selectedPages.includes(role.pageId)),
    );
  }

  adAccountsOf(person: FacebookPerson): AdAccount[] {
    const { lostRoles } = this.stateOf(person);
    return person.adAccounts.filter((account) => !lostRoles.includes(account.id));
  }

  /** When the app's access to the person's data ends, or null without a consent. */
  dataAccessEndsAtMs(person: FacebookPerson): number | null {
    const { consentedAtMs } = this.stateOf(person);
    return consentedAtMs === null ? null : consentedAtMs + this.state.switches.dataAccessDays * DAY_MS;
  }

  dataAccessEnded(person: FacebookPerson): boolean {
    const endsAtMs = this.dataAccessEndsAtMs(person);
    return this.state.switches.dataAccessEnds && endsAtMs !== null && endsAtMs <= this.clock.nowMs();
  }

  takeNextDialog(): NextDialog | undefined {
    const next = this.nextDialog;
    this.nextDialog = undefined;
    return next;
  }

  takeNextToken(on: NextToken['on']): NextToken | undefined {
    const next = this.nextToken;
    if (next?.on !== on) return undefined;
    next.remaining -= 1;
    if (next.remaining <= 0) this.nextToken = undefined;
    return next;
  }
}
