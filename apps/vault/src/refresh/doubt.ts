import type { DurationMs } from '@mooring/contracts';
import type { Grant } from '../grants/grant.entity.ts';

/** The parts of a grant that say whether its refresh token may be spent. */
export type DoubtedGrant = Pick<
  Grant,
  'generation' | 'doubtGeneration' | 'doubtOwner' | 'doubtSince' | 'accessExpiresAt'
>;

/** What else the ruling depends on. */
export interface DoubtCircumstances {
  /** Business time. */
  readonly now: Date;
  /** Real time. */
  readonly realNow: Date;
  /** True where the platform has just said that the access token is dead, whatever its clock says. */
  readonly accessIsDead: boolean;
  readonly instanceId: string;
  readonly graceMs: DurationMs;
}

/** spend: the old refresh token is all there is, and nothing is left to lose · wait: neither is true yet. */
export type DoubtRuling = { readonly kind: 'spend' } | { readonly kind: 'wait'; readonly forMs: DurationMs };

/** A platform that names no life of an access token is asked again after this. */
const UNKNOWN_LIFE_MS: DurationMs = 3_600_000;

/** True where the refresh token may have been spent, and no answer of it has become the grant's tokens. */
export function isInDoubt({ generation, doubtGeneration }: DoubtedGrant): boolean {
  return doubtGeneration === generation;
}

/**
 * What to do with a refresh token that may be spent, when neither the journal nor an orphan holds the answer. To spend it
 * twice may end the whole family of tokens, so the living access token is used up first; and what another instance has sent
 * is that instance's until its journal is taken for lost.
 */
export function ruleOnDoubt(grant: DoubtedGrant, given: DoubtCircumstances): DoubtRuling {
  const waitMs = Math.max(lifeLeftMs(grant, given), graceLeftMs(grant, given));
  return waitMs > 0 ? { kind: 'wait', forMs: waitMs } : { kind: 'spend' };
}

function lifeLeftMs({ accessExpiresAt }: DoubtedGrant, { now, accessIsDead }: DoubtCircumstances): DurationMs {
  if (accessIsDead) return 0;
  return accessExpiresAt ? accessExpiresAt.getTime() - now.getTime() : UNKNOWN_LIFE_MS;
}

function graceLeftMs({ doubtOwner, doubtSince }: DoubtedGrant, given: DoubtCircumstances): DurationMs {
  if (doubtOwner === given.instanceId || !doubtSince) return 0;
  return doubtSince.getTime() + given.graceMs - given.realNow.getTime();
}
