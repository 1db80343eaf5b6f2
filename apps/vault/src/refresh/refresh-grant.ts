import { Injectable } from '@nestjs/common';
import type { AttemptTicket } from '../attempts/attempt-queue.ts';
import { GrantLease } from './grant-lease.ts';
import { RecordRefresh, type RefreshOutcome } from './record-refresh.ts';
import { RenewTokens } from './renew-tokens.ts';

/** busy: another process is at it; ask again later. */
export type RefreshResult = RefreshOutcome | { readonly kind: 'busy' };

/** How a renewal is asked for. */
export interface RefreshManner {
  /** What must be done before, by the one who really flies: recording an attempt that nobody recorded yet. */
  readonly prepare?: () => Promise<void>;
  /** The platform has just said that the access token is dead: nothing is left to wait for. */
  readonly accessIsDead?: boolean;
}

/**
 * Renews the tokens of a grant, for the scheduler, for people, for inspections and for token reads alike: single flight in this
 * process, then the lease, then a second look, then the platform once, then compare-and-swap on the generation.
 */
@Injectable()
export class RefreshGrant {
  readonly #flights = new Map<string, Promise<RefreshResult>>();

  constructor(
    private readonly renewTokens: RenewTokens,
    private readonly lease: GrantLease,
    private readonly record: RecordRefresh,
  ) {}

  /** Never rejects for what a platform does: that is a result. */
  async run(ticket: AttemptTicket, manner: RefreshManner = {}): Promise<RefreshResult> {
    const flight = this.#flights.get(ticket.grantId);
    // Who prepares has no attempt of its own yet that would have to be answered.
    if (flight) return manner.prepare ? flight : this.#join(flight, ticket);
    const own = this.#fly(ticket, manner).finally(() => this.#flights.delete(ticket.grantId));
    this.#flights.set(ticket.grantId, own);
    return own;
  }

  /** Resolves when every renewal that is under way has ended. Never rejects. */
  async drain(): Promise<void> {
    await Promise.allSettled(this.#flights.values());
  }

  /** Whoever comes while a renewal is under way gets its result; the platform is not asked again. */
  async #join(flight: Promise<RefreshResult>, ticket: AttemptTicket): Promise<RefreshResult> {
    const result = await flight;
    if (result.kind === 'busy') return result;
    await this.record.share(ticket, result);
    return result;
  }

  async #fly(ticket: AttemptTicket, { prepare, accessIsDead = false }: RefreshManner): Promise<RefreshResult> {
    await prepare?.();
    return this.lease.hold(ticket.grantId, { busy: { kind: 'busy' } as const }, () =>
      this.renewTokens.run(ticket, accessIsDead),
    );
  }
}
