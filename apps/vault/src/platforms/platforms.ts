import { type PlatformAdapter, PlatformFailure } from '@mooring/adapters-core';
import { platformNames } from '@mooring/adapters';
import { MooringError, type Platform } from '@mooring/contracts';
import { METRICS, Metrics } from '@mooring/runtime';
import { Injectable } from '@nestjs/common';
import type { UnreadableTokenError } from '../sealing/ports.ts';
import { PlatformCalls } from './platform-calls.ts';
import { AdapterRegistry, OperatorAlerts } from './ports.ts';

/** The platforms as use cases see them: which there are, one call at a time, and whom to tell what no user can mend. */
@Injectable()
export class Platforms {
  constructor(
    private readonly registry: AdapterRegistry,
    private readonly calls: PlatformCalls,
    private readonly alerts: OperatorAlerts,
    private readonly metrics: Metrics,
  ) {}

  /** Undefined where the platform is not configured. */
  find(platform: Platform): PlatformAdapter | undefined {
    return this.registry.get(platform);
  }

  /** Throws the problem that tells the caller there is none. */
  adapter(platform: Platform): PlatformAdapter {
    const adapter = this.find(platform);
    if (adapter) return adapter;
    throw new MooringError('platform_not_available', { parameters: { Platform: platformNames(platform).name } });
  }

  /** Runs one operation in its turn, that of a grant where it is named. Throws PlatformFailure and nothing else. */
  call<T>(adapter: PlatformAdapter, operation: string, work: () => Promise<T>, grantId?: string): Promise<T> {
    return this.calls.run(adapter, operation, work, grantId);
  }

  countRefresh(platform: Platform, result: string): void {
    this.metrics.counter(METRICS.refreshes).inc({ platform, result });
  }

  countInspection(platform: Platform, result: string): void {
    this.metrics.counter(METRICS.inspections).inc({ platform, result });
  }

  /** Tells the operator of a failure of our own storage. Of an app that isn't set up right its breaker tells, once. */
  tellOperator(adapter: PlatformAdapter, error: unknown, grantId?: string): void {
    if (!(error instanceof PlatformFailure)) return;
    const about = { platform: adapter.platform, detail: error.message, ...(grantId ? { grantId } : {}) };
    if (error.suspectOwnStorage) this.alerts.raise({ kind: 'stored_token_unreadable', ...about });
  }

  /** Tells the operator that a renewal came too late to be used. */
  tellOrphan(platform: Platform, grantId: string): void {
    const detail = 'a renewal was overtaken by another change of the grant; its tokens are kept sealed';
    this.alerts.raise({ kind: 'orphaned_token', platform, grantId, detail });
  }

  /** Tells the operator that a consent brought nothing to renew it with, at a platform whose consents should. */
  tellNotRenewable(platform: Platform, grantId: string): void {
    const detail =
      'the consent brought no refresh token: it ends with its access token, unless it is renewed by a person';
    this.alerts.raise({ kind: 'refresh_token_missing', platform, grantId, detail });
  }

  /** Tells the operator that nothing that is spent once is renewed, because its answer could not be kept. */
  tellUnwritableJournal(platform: Platform, grantId: string): void {
    const detail = 'the journal cannot be written: no single-use token is spent until it can';
    this.alerts.raise({ kind: 'journal_unwritable', platform, grantId, detail });
  }

  /** Tells the operator that a stored token can't be opened. */
  tellUnreadable(platform: Platform, grantId: string, error: UnreadableTokenError): void {
    this.metrics.counter(METRICS.decryptFailures).inc({ kind: error.what });
    this.alerts.raise({ kind: 'stored_token_unreadable', platform, grantId, detail: error.message });
  }

  /** Tells the operator that a consent could not be taken back at the platform. */
  tellUnrevoked(platform: Platform, grantId: string, detail: string): void {
    this.alerts.raise({ kind: 'revocation_failed', platform, grantId, detail });
  }
}
