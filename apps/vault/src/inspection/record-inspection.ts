import type { LiveToken, PlatformAdapter, PlatformFailure } from '@mooring/adapters-core';
import { type FailureData, FAILURES_TO_EXHAUST } from '@mooring/contracts';
import { Injectable } from '@nestjs/common';
import { attemptData, AttemptQueue, type AttemptTicket } from '../attempts/attempt-queue.ts';
import { cutOff, heal, settleConsentAdvice, toldReason } from '../grants/cut-off.ts';
import type { GrantConnection } from '../grants/grant-connection.entity.ts';
import { GrantChanges, type GrantInHand } from '../grants/grant-changes.ts';
import type { Grant } from '../grants/grant.entity.ts';
import { Platforms } from '../platforms/platforms.ts';
import { deathReason, failureData } from '../refresh/failure-verdict.ts';
import { type Finding, type Findings, firstSilence, mayPublish } from './findings.ts';

/** gone: nothing to inspect · answered · silent: no answer about some connection. */
export type InspectionOutcome = 'gone' | 'answered' | 'silent';

/** Writes down what an inspection found. Findings about tokens that were replaced meanwhile are worth nothing (C21). */
@Injectable()
export class RecordInspection {
  constructor(
    private readonly changes: GrantChanges,
    private readonly attempts: AttemptQueue,
    private readonly platforms: Platforms,
  ) {}

  /** Null: the tokens were replaced, ask again. `read` is the grant as it was before the platform was asked. */
  async found(
    ticket: AttemptTicket,
    read: Grant,
    given: { readonly findings: Findings; readonly isLast: boolean },
  ): Promise<InspectionOutcome | null> {
    const outcome = await this.changes.underLock(ticket.workspaceId, ticket.grantId, async (inHand) => {
      const { grant, manager } = inHand;
      if (grant.state !== 'active') return this.#gone(inHand, ticket);
      const isOutdated = grant.generation !== read.generation;
      if (isOutdated && !given.isLast) return null;
      const before = this.changes.fingerprintOf(inHand);
      const silence = firstSilence(given.findings);
      if (!isOutdated) this.#apply(inHand, given.findings);
      const isFirst = await this.attempts.finish(manager, ticket.attemptId, silence ? 'silent' : 'answered');
      const answered = silence === null && !isOutdated;
      const failure = silence && silenceData(silence, grant);
      const data = { attempt: attemptData(ticket), answered, failure };
      // Another process may have answered it; what this one found is announced all the same.
      const tells = isFirst || this.changes.fingerprintOf(inHand) !== before;
      await this.changes.commit(inHand, ...(tells ? [{ type: 'TokenInspected', data } as const] : []));
      return answered ? 'answered' : 'silent';
    });
    return outcome;
  }

  /** The grant is no longer there to be inspected. */
  async gone(ticket: AttemptTicket): Promise<InspectionOutcome> {
    await this.changes.inTenant(ticket.workspaceId, (manager) =>
      this.attempts.finish(manager, ticket.attemptId, 'gone'),
    );
    return 'gone';
  }

  async #gone({ manager }: GrantInHand, ticket: AttemptTicket): Promise<InspectionOutcome> {
    await this.attempts.finish(manager, ticket.attemptId, 'gone');
    return 'gone';
  }

  #apply({ grant, connections }: GrantInHand, findings: Findings): void {
    const now = this.changes.now();
    const adapter = this.platforms.adapter(grant.platform);
    applyToGrant(grant, findings.grant, now);
    for (const connection of connections.filter((row) => !row.released)) {
      const finding = findings.connections.get(connection.connectionId);
      if (finding) applyToConnection(connection, finding, { adapter, grant, now });
    }
    settleConsentAdvice(grant, connections);
  }
}

function applyToGrant(grant: Grant, finding: Finding, now: Date): void {
  if (finding.alive === 'unknown' || finding.alive === 'decided') return;
  if (!finding.alive) return cutOff(grant, toldReason(grant, deathReason(finding)), now);
  if (finding.expiresAt !== undefined) grant.accessExpiresAt = finding.expiresAt;
  if (finding.dataAccessExpiresAt !== undefined) grant.dataAccessExpiresAt = finding.dataAccessExpiresAt;
  keepScopes(grant, finding);
  Object.assign(grant, { noticedReason: null, noticedConsent: null });
  heal(grant);
}

/** A token that lives heals by itself (L-17), if everything that publishing needs is still granted. */
function applyToConnection(
  connection: GrantConnection,
  finding: Finding,
  given: { readonly adapter: PlatformAdapter; readonly grant: Grant; readonly now: Date },
): void {
  if (finding.alive === 'unknown') return;
  connection.checkedAt = given.now;
  if (finding.alive === 'decided') return;
  if (!finding.alive) {
    connection.refusedWith = finding.failure.platformCode;
    return cutOff(connection, toldReason(given.grant, deathReason(finding)), given.now);
  }
  if (connection.ownToken) {
    if (finding.expiresAt !== undefined) connection.tokenExpiresAt = finding.expiresAt;
    if (finding.dataAccessExpiresAt !== undefined) connection.dataAccessExpiresAt = finding.dataAccessExpiresAt;
  }
  keepScopes(connection, finding);
  if (mayPublish(given.adapter, connection)) heal(connection);
  else cutOff(connection, 'permission_removed', given.now);
}

/** A platform that doesn't say what is granted takes nothing back by that. */
function keepScopes(of: Pick<Grant, 'grantedScopes' | 'missingScopes'>, finding: LiveToken): void {
  if (!finding.grantedScopes) return;
  of.grantedScopes = [...finding.grantedScopes];
  of.missingScopes = [...finding.missingScopes];
}

function silenceData(failure: PlatformFailure, grant: Grant): FailureData {
  const consecutive = grant.consecutiveFailures;
  const { class: failureClass, reason } = failure;
  const exhausted = consecutive >= FAILURES_TO_EXHAUST;
  return failureData({ class: failureClass, reason, consecutive, exhausted }, failure);
}
