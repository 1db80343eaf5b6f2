import { type InspectionTarget, type PlatformAdapter, PlatformFailure } from '@mooring/adapters-core';
import type { FailureClass } from '@mooring/contracts';
import { Injectable } from '@nestjs/common';
import type { AttemptTicket } from '../attempts/attempt-queue.ts';
import { type TokensInHand, TokenSource } from '../attempts/token-source.ts';
import { Platforms } from '../platforms/platforms.ts';
import { unreadable } from '../refresh/refresh-failures.ts';
import { type Finding, type Findings, targetOf } from './findings.ts';
import { RenewFirst } from './renew-first.ts';
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
    private readonly renewFirst: RenewFirst,
  ) {}

  /** Never rejects for what a platform does: that is a result. */
  async run(ticket: AttemptTicket): Promise<InspectionOutcome> {
    let wasRenewed = false;
    for (let round = 1; ; round += 1) {
      const inHand = await this.source.take(ticket);
      if (!inHand) return this.record.gone(ticket);
      const adapter = this.platforms.adapter(inHand.grant.platform);
      const own = await this.#ownFinding(adapter, inHand, { ticket, wasRenewed });
      if (own === 'renewed') {
        wasRenewed = true;
        continue;
      }
      const findings = await this.#ask(adapter, inHand, own);
      const outcome = await this.record.found(ticket, inHand.grant, { findings, isLast: round >= ROUNDS_MAX });
      if (!outcome) continue;
      this.platforms.countInspection(adapter.platform, outcome);
      return outcome;
    }
  }

  /** What holds for the grant's own token; or that it was renewed, so that everything is to be asked anew. */
  async #ownFinding(
    adapter: PlatformAdapter,
    { grant, tokens }: TokensInHand,
    { ticket, wasRenewed }: { readonly ticket: AttemptTicket; readonly wasRenewed: boolean },
  ): Promise<Finding | 'renewed'> {
    const target = tokens ? { token: tokens.access.value, account: null } : null;
    const isLapsed = target !== null && !wasRenewed && this.renewFirst.isLapsed(grant);
    const finding = isLapsed ? null : await this.#askOne(adapter, grant.id, target);
    if (finding && (wasRenewed || !this.renewFirst.decides(grant, finding))) return finding;
    const renewed = await this.renewFirst.run(ticket, grant);
    return renewed.kind === 'renewed' ? 'renewed' : renewed.finding;
  }

  async #ask(adapter: PlatformAdapter, inHand: TokensInHand, grant: Finding): Promise<Findings> {
    const connections = new Map<string, Finding>();
    let silence = silenceOf(grant);
    for (const connection of inHand.connections.filter((row) => !row.released)) {
      const target = targetOf(connection, inHand);
      const isDecided = grant.alive === 'decided' && connection.dependsOnRefresh;
      const finding = silence ?? (isDecided ? grant : await this.#askOne(adapter, inHand.grant.id, target));
      silence = silenceOf(finding);
      connections.set(connection.connectionId, finding);
    }
    return { grant, connections };
  }

  async #askOne(adapter: PlatformAdapter, grantId: string, target: InspectionTarget | null): Promise<Finding> {
    try {
      if (!target) throw unreadable();
      return await this.platforms.call(adapter, 'inspect', () => adapter.inspect(target), grantId);
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
