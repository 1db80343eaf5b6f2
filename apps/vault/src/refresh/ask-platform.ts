import { type GrantTokens, PlatformFailure, type TokenInspection } from '@mooring/adapters-core';
import { FAILURE_RULES } from '@mooring/contracts';
import { Injectable } from '@nestjs/common';
import type { TokensInHand } from '../attempts/token-source.ts';
import { Platforms } from '../platforms/platforms.ts';
import { FaultPoints, renewing } from './fault-points.ts';
import { unreadable } from './refresh-failures.ts';

/** The platform's refusal, or its silence, with what it says of the access token where that decides. */
export interface Refused {
  readonly failure: PlatformFailure;
  readonly inspection: TokenInspection | null;
}

/** One request to renew. */
@Injectable()
export class AskPlatform {
  constructor(
    private readonly platforms: Platforms,
    private readonly faults: FaultPoints,
  ) {}

  /** @param jot is called with the answer before anything else can happen to this process */
  async run<T>(inHand: TokensInHand, jot: (fresh: GrantTokens) => T): Promise<{ readonly jotted: T } | Refused> {
    await this.faults.at('vault.before-sending');
    try {
      const jotted = await this.#renew(inHand, jot);
      await this.faults.at('vault.after-answer');
      return { jotted };
    } catch (failure) {
      if (!(failure instanceof PlatformFailure)) throw failure;
      await this.faults.at('vault.after-answer');
      const inspection = await this.#inspectIfAsked(inHand, failure);
      const adapter = this.platforms.adapter(inHand.grant.platform);
      this.platforms.tellOperator(adapter, failure, inHand.grant.id);
      return { failure, inspection };
    }
  }

  /** Counts how a renewal ended. */
  count({ grant }: TokensInHand, result: string): void {
    this.platforms.countRefresh(grant.platform, result);
  }

  tellUnwritableJournal({ grant }: TokensInHand): void {
    this.platforms.tellUnwritableJournal(grant.platform, grant.id);
  }

  async #renew<T>({ grant, tokens }: TokensInHand, jot: (fresh: GrantTokens) => T): Promise<T> {
    if (!tokens) throw unreadable();
    const adapter = this.platforms.adapter(grant.platform);
    const call = () => renewing.run(true, async () => jot(await adapter.refresh(tokens)));
    return this.platforms.call(adapter, 'refresh', call, grant.id);
  }

  async #inspectIfAsked({ grant, tokens }: TokensInHand, failure: PlatformFailure): Promise<TokenInspection | null> {
    if (!FAILURE_RULES[failure.class].inspect || !tokens) return null;
    const adapter = this.platforms.adapter(grant.platform);
    const target = { token: tokens.access.value, account: null };
    try {
      return await this.platforms.call(adapter, 'inspect', () => adapter.inspect(target), grant.id);
    } catch (error) {
      if (error instanceof PlatformFailure) return null;
      throw error;
    }
  }
}
