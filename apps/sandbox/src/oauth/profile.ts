import type { PersonAct } from './person-acts.ts';
import type { Notice } from './notices.ts';

/** Something that a person can publish as: a Page, an organisation, or the person's own account. */
export interface PlayedAccount {
  id: string;
  name: string;
  /** Anything that the platform's folder wants to say of it on the control page. */
  about?: string;
}

export interface PlayedPerson {
  /** Name in the control API: `fiona`. */
  id: string;
  /** What the platform calls the person: `open_id`, `sub`, user id. */
  subjectId: string;
  name: string;
  about: string;
  accounts: PlayedAccount[];
}

/**
 * What becomes of a refresh token that is used. `strict`: replaced, and using the spent one again kills the family.
 * `single-use`: replaced, and the spent one is refused. `reusable`: it stays, its time runs down. `none`: there is none.
 */
export const ROTATIONS = ['strict', 'single-use', 'reusable', 'none'] as const;
export type Rotation = (typeof ROTATIONS)[number];

export interface TokenShape {
  prefix: string;
  length: number;
  /** Null: for ever, until something ends it. */
  lifetimeSeconds: number | null;
}

export interface RefreshRules extends TokenShape {
  rotation: Rotation;
  /** A refresh token is only given with this scope. */
  requiredScope?: string;
  /** True: each new refresh token lives its whole life anew; false: all end when the first would have ended. */
  restarts: boolean;
}

export type PkceMethod = 'S256' | 'hex' | 'plain';

/** All that differs between the platforms but isn't a wire format. */
export interface OAuthProfile {
  name: string;
  title: string;
  people: PlayedPerson[];
  /** Scopes that the app may ask for, with what the consent page says of each. */
  scopes: Record<string, string>;
  code: { prefix: string; length: number; lifetimeMs: number };
  access: TokenShape;
  refresh: RefreshRules;
  /** Which challenges the consent page takes. `required`: none is a refusal. */
  pkce: { methods: PkceMethod[]; required: boolean };
  /** True where a person may untick single scopes. */
  partialConsent: boolean;
  /** True where consent to another set of scopes ends all tokens of the person for the app. */
  scopeChangeEndsTokens?: boolean;
  /** True where faults in Graph's own envelope make sense. */
  showsMetaFaults?: boolean;
  /** Switches of the platform's own, with their values in the beginning. */
  switches?: Record<string, SwitchValue>;
  /** Acts on a person of the platform's own, beside those that every platform has. */
  acts?: Record<string, PersonAct>;
  /** Signed messages that the platform sends to the app, by name; the first is the default. */
  notices?: Record<string, Notice>;
}

export type SwitchValue = boolean | number | string;
