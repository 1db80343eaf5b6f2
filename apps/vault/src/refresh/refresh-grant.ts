import { type GrantTokens, type PlatformAdapter, PlatformFailure, type TokenInspection } from '@mooring/adapters-core';
import { FAILURE_RULES } from '@mooring/contracts';
import { faultPoint } from '@mooring/runtime/fault-points';
import { Injectable } from '@nestjs/common';
import type { AttemptTicket } from '../attempts/attempt-queue.ts';
import { type TokensInHand, TokenSource } from '../attempts/token-source.ts';
import { Platforms } from '../platforms/platforms.ts';
import { GrantLease } from './grant-lease.ts';
import { RecordRefresh, type RefreshOutcome } from './record-refresh.ts';

/** busy: another process is at it; ask again later. */
export type RefreshResult = RefreshOutcome | { readonly kind: 'busy' };

/**
 * Renews the tokens of a grant, for the scheduler, for people and for token reads alike: single flight in this process, then
 * the lease, then a second look, then the platform once, then compare-and-swap on the generation.
 */
@Injectable()
export class RefreshGrant {
  readonly #flights = new Map<string, Promise<RefreshResult>>();

  constructor(
    private readonly source: TokenSource,
    private readonly platforms: Platforms,
    private readonly lease: GrantLease,
    private readonly record: RecordRefresh,
  ) {}

  /**
   * Never rejects for what a platform does: that is a result.
   * @param prepare what must be done before, by the one who really flies: recording an attempt that nobody recorded yet
   */
  async run(ticket: AttemptTicket, prepare?: () => Promise<void>): Promise<RefreshResult> {
    const flight = this.#flights.get(ticket.grantId);
    // A reader has no attempt of its own to be answered.
    if (flight) return prepare ? flight : this.#join(flight, ticket);
    const own = this.#fly(ticket, prepare).finally(() => this.#flights.delete(ticket.grantId));
    this.#flights.set(ticket.grantId, own);
    return own;
  }

  /** Whoever comes while a renewal is under way gets its result; the platform is not asked again. */
  async #join(flight: Promise<RefreshResult>, ticket: AttemptTicket): Promise<RefreshResult> {
    const result = await flight;
    if (result.kind === 'busy') return result;
    await this.record.share(ticket, result);
    return result;
  }

  async #fly(ticket: AttemptTicket, prepare?: () => Promise<void>): Promise<RefreshResult> {
    await prepare?.();
    return this.lease.hold(ticket.grantId, { busy: { kind: 'busy' } as const }, () => this.#underLease(ticket));
  }

  async #underLease(ticket: AttemptTicket): Promise<RefreshResult> {
    const snapshot = await this.source.take(ticket);
    if (!snapshot) return this.record.gone(ticket);
    if (ticket.generation !== null && snapshot.grant.generation > ticket.generation) {
      return this.record.alreadyDone(ticket);
    }
    const adapter = this.platforms.adapter(snapshot.grant.platform);
    if (ticket.notAfter && ticket.notAfter.getTime() <= Date.now()) {
      return this.record.failed(ticket, snapshot.grant, { failure: lapsed(), inspection: null });
    }
    let fresh: GrantTokens;
    try {
      fresh = await this.#ask(adapter, snapshot);
    } catch (error) {
      if (!(error instanceof PlatformFailure)) throw error;
      await faultPoint('vault.after-answer');
      const inspection = await this.#inspectIfAsked(adapter, snapshot, error);
      this.platforms.tellOperator(adapter, error, snapshot.grant.id);
      this.platforms.countRefresh(adapter.platform, error.class);
      return this.record.failed(ticket, snapshot.grant, { failure: error, inspection });
    }
    await faultPoint('vault.after-answer');
    const outcome = await this.record.refreshed(ticket, snapshot.grant, fresh);
    this.platforms.countRefresh(adapter.platform, outcome.kind);
    if (outcome.kind === 'overtaken') this.platforms.tellOrphan(adapter.platform, ticket.grantId);
    return outcome;
  }

  async #ask(adapter: PlatformAdapter, { tokens }: TokensInHand): Promise<GrantTokens> {
    if (!tokens) {
      throw new PlatformFailure({
        class: 'unexpected',
        reason: 'key_unavailable',
        detail: 'the stored token cannot be opened',
        suspectOwnStorage: true,
        mayHaveArrived: false,
      });
    }
    return this.platforms.call(adapter, 'refresh', () => adapter.refresh(tokens));
  }

  async #inspectIfAsked(
    adapter: PlatformAdapter,
    { tokens }: TokensInHand,
    failure: PlatformFailure,
  ): Promise<TokenInspection | null> {
    if (!FAILURE_RULES[failure.class].inspect || !tokens) return null;
    const target = { token: tokens.access.value, account: null };
    try {
      return await this.platforms.call(adapter, 'inspect', () => adapter.inspect(target));
    } catch (error) {
      if (error instanceof PlatformFailure) return null;
      throw error;
    }
  }
}

/** Asked for so long ago that the one who asked no longer waits. */
function lapsed(): PlatformFailure {
  return new PlatformFailure({ class: 'transient', detail: 'asked for too long ago', mayHaveArrived: false });
}
