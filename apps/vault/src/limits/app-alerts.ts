import { Injectable, Logger } from '@nestjs/common';
import { OperatorAlerts } from '../platforms/ports.ts';
import { PermitLedger, type PlatformApp } from './ports.ts';

/** Tells the operator once, whichever replica finds it out and however often, until it is mended. */
@Injectable()
export class AppAlerts {
  readonly #logger = new Logger('OperatorAlerts');

  constructor(
    private readonly ledger: PermitLedger,
    private readonly alerts: OperatorAlerts,
  ) {}

  async raise(app: PlatformApp, detail: string): Promise<void> {
    if (!(await this.ledger.claimAlert(app))) return;
    this.alerts.raise({ kind: 'platform_misconfigured', platform: app.platform, detail });
  }

  async clear(app: PlatformApp): Promise<void> {
    if (!(await this.ledger.clearAlert(app))) return;
    this.#logger.log({ msg: 'operator is no longer needed', kind: 'platform_misconfigured', platform: app.platform });
  }
}
