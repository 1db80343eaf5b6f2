import { type InspectionTarget, type PlatformAdapter, PlatformFailure } from '@mooring/adapters-core';
import type { FailureClass } from '@mooring/contracts';
import { Injectable } from '@nestjs/common';
import type { AttemptTicket } from '../attempts/attempt-queue.ts';
import { type TokensInHand, TokenSource } from '../attempts/token-source.ts';
import { Platforms } from '../platforms/platforms.ts';
import { type Finding, type Findings, targetOf } from './findings.ts';
import { type InspectionOutcome, RecordInspection } from './record-inspection.ts';

/** Tokens that were replaced while the platform was asked are asked about once more. */
const ROUNDS_MAX = 2;
/** With such a failure the platform has nothing to say about any token at the moment. */
const ENDS_ROUND: ReadonlySet<FailureClass> = new Set(['transient', 'rate_limited', 'misconfigured']);

/** Asks the platform whether the tokens of a grant live: the grant's own and every account's, one by one. */
@Injectable()
export class InspectGrant {
  constructor(
    private readonly source: TokenSource,
    private readonly platforms: Platforms,
    private readonly record: RecordInspection,
  ) {}

  /** Never rejects for what a platform does: that is a result. */
  async run(ticket: AttemptTicket): Promise<InspectionOutcome> {
    for (let round = 1; ; round += 1) {
      const inHand = await this.source.take(ticket);
      if (!inHand) return this.record.gone(ticket);
      const adapter = this.platforms.adapter(inHand.grant.platform);
      const findings = await this.#ask(adapter, inHand);
      const outcome = await this.record.found(ticket, inHand.grant, { findings, isLast: round >= ROUNDS_MAX });
      if (!outcome) continue;
      this.platforms.countInspection(adapter.platform, outcome);
      return outcome;
    }
  }

  async #ask(adapter: PlatformAdapter, inHand: TokensInHand): Promise<Findings> {
    const own = inHand.tokens ? { token: inHand.tokens.access.value, account: null } : null;
    const grant = await this.#askOne(adapter, inHand.grant.id, own);
    const connections = new Map<string, Finding>();
    let silence = silenceOf(grant);
    for (const connection of inHand.connections.filter((row) => !row.released)) {
      const target = targetOf(connection, inHand);
      const finding = silence ?? (await this.#askOne(adapter, inHand.grant.id, target));
      silence = silenceOf(finding);
      connections.set(connection.connectionId, finding);
    }
    return { grant, connections };
  }

  async #askOne(adapter: PlatformAdapter, grantId: string, target: InspectionTarget | null): Promise<Finding> {
    try {
      if (!target) throw unreadable();
      return await this.platforms.call(adapter, 'inspect', () => adapter.inspect(target));
    } catch (error) {
      if (!(error instanceof PlatformFailure)) throw error;
      this.platforms.tellOperator(adapter, error, grantId);
      return { alive: 'unknown', failure: error };
    }
  }
}

/** The finding that holds for all the others too, where the platform doesn't answer at all. */
function silenceOf(finding: Finding): Finding | null {
  return finding.alive === 'unknown' && ENDS_ROUND.has(finding.failure.class) ? finding : null;
}

function unreadable(): PlatformFailure {
  return new PlatformFailure({
    class: 'unexpected',
    reason: 'key_unavailable',
    detail: 'the stored token cannot be opened',
    suspectOwnStorage: true,
    mayHaveArrived: false,
  });
}
