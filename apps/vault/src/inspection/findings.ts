import type { InspectionTarget, PlatformAdapter, PlatformFailure, TokenInspection } from '@mooring/adapters-core';
import type { TokensInHand } from '../attempts/token-source.ts';
import type { GrantConnection } from '../grants/grant-connection.entity.ts';

/** What is known of one token after asking: what the platform said, or why it said nothing. */
export type Finding =
  | TokenInspection
  | { readonly alive: 'unknown'; readonly failure: PlatformFailure }
  /** A renewal has decided about it, and has written down what it came to. */
  | { readonly alive: 'decided' };

/** What an inspection of a grant found, token by token. */
export interface Findings {
  readonly grant: Finding;
  readonly connections: ReadonlyMap<string, Finding>;
}

/** The token that a connection is used with, and the account that it must be good for. Null: it can't be opened. */
export function targetOf(
  connection: GrantConnection,
  { tokens, accountTokens }: Pick<TokensInHand, 'tokens' | 'accountTokens'>,
): InspectionTarget | null {
  const token = connection.ownToken ? accountTokens.get(connection.connectionId) : tokens?.access;
  const { accountId, kind } = connection;
  return token ? { token: token.value, account: { accountId, kind } } : null;
}

/** True where everything is granted that a connection of its kind can't do without. */
export function mayPublish(
  adapter: PlatformAdapter,
  { kind, missingScopes }: Pick<GrantConnection, 'kind' | 'missingScopes'>,
): boolean {
  const required = adapter.requiredScopesOf?.(kind) ?? adapter.requiredScopes;
  return !missingScopes.some((scope) => required.includes(scope));
}

/** The first failure to get an answer about a connection; null where all of them were answered. */
export function firstSilence(findings: Findings): PlatformFailure | null {
  const all = findings.connections.size > 0 ? [...findings.connections.values()] : [findings.grant];
  const silent = all.find((finding) => finding.alive === 'unknown');
  return silent ? silent.failure : null;
}
