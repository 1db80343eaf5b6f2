import type { PkceMethod, SwitchValue } from './profile.ts';

/** Why a token ended before its time. */
export type EndReason =
  | 'removed'
  | 'password-changed'
  | 'deleted'
  | 'revoked-by-app'
  | 'reuse'
  | 'scope-changed'
  | 'session-ended'
  | 'ended-by-control';

export interface End {
  reason: EndReason;
  /** What a control call has ended, `restore` may revive; what the app itself brought about stays. */
  by: 'control' | 'app';
}

export interface Challenge {
  method: PkceMethod;
  value: string;
}

export interface CodeRecord {
  value: string;
  personId: string;
  redirectUri: string;
  scopes: string[];
  challenge?: Challenge;
  issuedAtMs: number;
  used: boolean;
  /** The family that the code was exchanged for. */
  familyId?: string;
}

/** All tokens that come of one consent. */
export interface Family {
  id: string;
  personId: string;
  scopes: string[];
  consentedAtMs: number;
  /** Null: refresh tokens never expire; undefined: none was ever given. */
  refreshExpiresAtMs?: number | null;
  rotations: number;
}

export interface TokenRecord {
  value: string;
  kind: 'access' | 'refresh';
  personId: string;
  familyId: string;
  scopes: string[];
  issuedAtMs: number;
  /** Null: never. */
  expiresAtMs: number | null;
  /** A short token that is there to be exchanged for a long one, where the platform knows such. */
  short?: boolean;
  /** A refresh token that was replaced by its use. */
  spent?: boolean;
  end?: End;
}

export interface PersonState {
  /** What the person has agreed to; null: the app isn't connected. */
  scopes: string[] | null;
  consentedAtMs: number | null;
  suspended: boolean;
  /** Accounts on which the person lost the role. */
  lostAccounts: string[];
}

export interface PostRecord {
  id: string;
  accountId: string;
  personId: string;
  text: string;
  createdAtMs: number;
}

/** Everything that one played platform remembers; a JSON document. */
export interface OAuthState {
  people: Record<string, PersonState>;
  codes: CodeRecord[];
  families: Record<string, Family>;
  tokens: TokenRecord[];
  posts: PostRecord[];
  switches: Record<string, SwitchValue>;
  serial: number;
}

export function emptyOAuthState(switches: Record<string, SwitchValue>): OAuthState {
  return { people: {}, codes: [], families: {}, tokens: [], posts: [], switches: { ...switches }, serial: 0 };
}

export function emptyPersonState(): PersonState {
  return { scopes: null, consentedAtMs: null, suspended: false, lostAccounts: [] };
}
