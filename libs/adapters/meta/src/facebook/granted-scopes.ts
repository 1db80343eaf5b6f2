import type { DebugToken } from './schemas.ts';

/** What a token is to be good for, by the ids that a person may have ticked; an id that isn't known is left out. */
export interface Assets {
  readonly pageId?: string | undefined;
  readonly instagramId?: string | undefined;
  /** Without `act_`. */
  readonly adAccountId?: string | undefined;
}

/** Whose ids a scope's `target_ids` are. An Instagram scope has been seen with ids of the account and of its Page. */
const FAMILIES: readonly (readonly [scope: RegExp, assets: readonly (keyof Assets)[]])[] = [
  [/^instagram_/, ['instagramId', 'pageId']],
  [/^ads_/, ['adAccountId']],
  [/^(?:pages_|read_insights$)/, ['pageId']],
];

/**
 * Scopes of a token as they hold for an asset (C36): a scope that the person granted for chosen assets only holds for these.
 * Without assets: all of the token's.
 */
export function scopesOf(facts: DebugToken, assets: Assets = {}): string[] {
  return [...new Set(facts.scopes ?? [])].filter((scope) => holdsFor(facts, scope, assets));
}

/** False where the person named the assets of this scope and none of these is among them. */
export function holdsFor(facts: DebugToken, scope: string, assets: Assets): boolean {
  const granular = (facts.granular_scopes ?? []).filter((entry) => entry.scope === scope);
  const family = FAMILIES.find(([pattern]) => pattern.test(scope))?.[1] ?? [];
  const ids = family.map((name) => assets[name]).filter((id) => id !== undefined);
  if (granular.length === 0 || ids.length === 0) return true;
  return granular.some((entry) => !entry.target_ids || entry.target_ids.some((id) => ids.includes(String(id))));
}

/** Ids that the person ticked in the dialog for any of these scopes. */
export function targetsOf(facts: DebugToken, scopes: readonly string[]): string[] {
  const named = (facts.granular_scopes ?? []).filter((entry) => scopes.includes(entry.scope));
  return [...new Set(named.flatMap((entry) => entry.target_ids ?? []).map(String))];
}
