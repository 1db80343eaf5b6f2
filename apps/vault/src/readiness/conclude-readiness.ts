import type { ReadinessCheck } from '@mooring/adapters-core';
import { Injectable } from '@nestjs/common';
import { AppAlerts } from '../limits/app-alerts.ts';
import { PermitLedger, type PlatformApp } from '../limits/ports.ts';
import { BreakerGauges } from './breaker-gauges.ts';
import { ReadinessRecords } from './readiness-records.ts';

/**
 * What follows from a readiness check. Something wrong: the operator is told, once; and where calls have opened the breaker for
 * it, the check alone decides when it is mended. Nothing wrong, and something was: it is mended. A check that sees nothing
 * wrong where calls do leaves it to one call after each back-off step to find out; so does one that no longer tells
 * anything, because a platform need not say what is right.
 */
@Injectable()
export class ConcludeReadiness {
  constructor(
    private readonly records: ReadinessRecords,
    private readonly ledger: PermitLedger,
    private readonly alerts: AppAlerts,
    private readonly gauges: BreakerGauges,
  ) {}

  async run(app: PlatformApp, checks: readonly ReadinessCheck[]): Promise<void> {
    const failed = checks.filter(({ outcome }) => outcome === 'failed');
    const isFine = failed.length === 0 && checks.some(({ outcome }) => outcome === 'ok');
    const state = await this.records.stateOf(app);
    const isMisconfigured = state?.breaker === 'open' && state.cause === 'misconfigured';
    if (failed.length > 0) {
      await this.alerts.raise(app, failed.map(({ name, detail }) => `${name}: ${detail}`).join(' · '));
      if (isMisconfigured) await this.ledger.awaitReadiness(app);
    } else if (isFine && (!isMisconfigured || state.openUntilMs === null)) {
      if (isMisconfigured) await this.ledger.close(app, 'readiness');
      await this.alerts.clear(app);
    } else if (isMisconfigured && state.openUntilMs === null) {
      await this.ledger.letOneTry(app);
    }
    await this.gauges.show(app);
  }
}
