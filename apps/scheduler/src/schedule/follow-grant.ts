import { type EventData, type FailureData, seconds } from '@mooring/contracts';
import { trackDeadlines } from '../deadlines/track-deadlines.ts';
import { stableJitter } from './jitter.ts';
import { type BackOff, type Failed, type Outcome, type Plan, planNext } from './plan-next.ts';
import type { GrantLedger, LockedGrant, ScheduledGrant, TokenEvent } from './ports.ts';

/** Follows what the vault says about a grant: one event, one transaction, a new plan. */
export class FollowGrant {
  readonly #ledger: GrantLedger;
  readonly #backOff: BackOff;
  readonly #random: () => number;

  constructor(ledger: GrantLedger, backOff: BackOff, random: () => number = Math.random) {
    this.#ledger = ledger;
    this.#backOff = backOff;
    this.#random = random;
  }

  async run(event: TokenEvent): Promise<void> {
    await this.#ledger.once(event, (grant) => this.#follow(event, grant));
  }

  async #follow(event: TokenEvent, grant: LockedGrant): Promise<void> {
    const { current } = grant;
    if (current === 'released') return;
    const state = event.data.grant;
    if (state.state !== 'active') return grant.release();
    const answers = current?.attempt != null && attemptIdOf(event) === current.attempt.id;
    if (current && state.version < current.version) {
      // Too old to plan from, and yet the answer that the attempt was waiting for.
      if (answers) await grant.endAttempt();
      return;
    }
    const plan = planNext(state, outcomeOf(event), {
      now: grant.now,
      jitter: stableJitter(state.grantId),
      random: this.#random(),
      previous: current?.plan ?? null,
      backOff: this.#backOff,
    });
    await grant.save({
      version: state.version,
      generation: state.generation,
      plan,
      keepsAttempt: !answers && isStillWanted(current, state.generation, plan),
    });
    await grant.saveDeadlines(trackDeadlines(await grant.deadlines(), state.connections, grant.now));
  }
}

/** False for a renewal that somebody else has done, or that must no longer be done. */
function isStillWanted(current: ScheduledGrant | null, generation: number, plan: Plan): boolean {
  if (!current?.attempt) return false;
  if (current.attempt.kind === 'inspect') return true;
  return current.generation === generation && plan.nextRefreshAt !== null;
}

function attemptIdOf(event: TokenEvent): string | null {
  return 'attempt' in event.data ? event.data.attempt.attemptId : null;
}

function outcomeOf(event: TokenEvent): Outcome {
  switch (event.type) {
    case 'TokenStored':
      return { kind: 'stored' };
    case 'TokenRefreshed':
      return { kind: 'refreshed' };
    case 'TokenRevoked':
      return { kind: 'released' };
    case 'TokenRefreshFailed':
      return { kind: 'refresh_failed', ...failureOf((event.data as EventData<'TokenRefreshFailed'>).failure) };
    case 'TokenInspected': {
      const data = event.data as EventData<'TokenInspected'>;
      if (data.answered) return { kind: 'inspected' };
      return { kind: 'not_inspected', ...failureOf(data.failure) };
    }
  }
}

function failureOf(failure: FailureData | null): Omit<Failed, 'kind'> {
  const retryAfter = failure?.retryAfterSeconds ?? null;
  return {
    class: failure?.class ?? 'transient',
    retryAfterMs: retryAfter === null ? null : seconds(retryAfter),
    exhausted: failure?.exhausted ?? false,
  };
}
