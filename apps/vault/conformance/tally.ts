import type { SeededGrant, StrictWorld } from './strict-world.ts';

/** One case: what must come out, and what the product did. */
export interface Row {
  readonly id: string;
  readonly expected: string;
  readonly got: string;
  readonly ok: boolean;
}

/** What became of a grant after a crash. */
export type Fate = 'kept' | 'lost' | 'silent' | 'undecided';

/** kept: it works with the newest token · lost: needs to be reconnected, with the reason for it · silent: neither. */
export interface Tally {
  readonly rounds: number;
  kept: number;
  lost: number;
  silent: number;
  /** Grants that could not be read although their access token was good. */
  unserved: number;
}

export function emptyTally(rounds: number): Tally {
  return { rounds, kept: 0, lost: 0, silent: 0, unserved: 0 };
}

/** What stands in the vault and what the platform says of it; undecided while the old access token is being used up. */
export async function fateOf(world: StrictWorld, tokensPort: number, grant: SeededGrant): Promise<Fate> {
  const row = await world.one<{ generation: number; reason: string | null; lapsed: boolean }>(
    `select generation, cut_off_reason as reason, access_expires_at <= $2 as lapsed from vault.grants where id = $1`,
    [grant.grantId, world.clock.now()],
  );
  if (!row) return 'silent';
  if (row.reason !== null) return row.reason === 'refresh_answer_lost' ? 'lost' : 'silent';
  if (row.generation === 1) return row.lapsed ? 'silent' : 'undecided';
  const read = await world.read(tokensPort, grant);
  return typeof read !== 'number' && (await world.played.takes(read.accessToken)) ? 'kept' : 'silent';
}

/** Where the platform did what was asked and nobody has its answer, and it grants no second chance, nothing can be kept. */
export function rowOf(point: string, tally: Tally, { mayLose }: { readonly mayLose: boolean }): Row {
  const { rounds, kept, lost, silent, unserved } = tally;
  const expected = mayLose
    ? `${rounds} decided: kept or told as refresh_answer_lost; 0 silent, 0 unserved`
    : `${rounds} kept; 0 silent, 0 unserved`;
  const ok = silent === 0 && unserved === 0 && (mayLose ? kept + lost === rounds : kept === rounds);
  return {
    id: `${point}, ${rounds} rounds`,
    expected,
    got: `${kept} kept, ${lost} lost with refresh_answer_lost, ${silent} silent, ${unserved} unserved`,
    ok,
  };
}
