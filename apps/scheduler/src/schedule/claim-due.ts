import { Logger } from '@nestjs/common';
import type { ClaimedGrant, DueGrants } from './ports.ts';

const logger = new Logger('Schedule');

/** Called between claiming and commanding. */
export type AfterClaim = () => void | Promise<void>;

/**
 * Claims what is due and asks the vault for it. Claim and command are two short transactions: whatever is lost between
 * them is taken over, with the same attempt id, when the lease lapses.
 */
export class ClaimDue {
  readonly #due: DueGrants;
  readonly #batchMax: number;
  readonly #afterClaim: AfterClaim;

  constructor(due: DueGrants, batchMax: number, afterClaim: AfterClaim) {
    this.#due = due;
    this.#batchMax = batchMax;
    this.#afterClaim = afterClaim;
  }

  /** One round; answers whether more may be due already. */
  async run(): Promise<{ readonly claimed: number; readonly more: boolean }> {
    const lapsed = await this.#send(await this.#due.takeOverLapsed(this.#batchMax));
    const fresh = await this.#send(await this.#due.claimDue(this.#batchMax));
    return { claimed: lapsed + fresh, more: lapsed === this.#batchMax || fresh === this.#batchMax };
  }

  async #send(claims: readonly ClaimedGrant[]): Promise<number> {
    if (claims.length > 0) {
      await this.#afterClaim();
      await this.#due.sendCommands(claims);
      logger.debug({ msg: 'commands sent', commands: claims.length });
    }
    return claims.length;
  }
}
