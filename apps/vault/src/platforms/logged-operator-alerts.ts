import { Metrics } from '@mooring/runtime';
import { Injectable, Logger } from '@nestjs/common';
import { type OperatorAlert, OperatorAlerts } from './ports.ts';

/** Counted beside the log line, for the alert rules. */
export const OPERATOR_ALERTS = {
  name: 'mooring_vault_operator_alerts_total',
  help: 'What only an operator can mend, by kind and platform.',
  labels: ['kind', 'platform'],
} as const;

/** An error line in the log and a count. */
@Injectable()
export class LoggedOperatorAlerts extends OperatorAlerts {
  readonly #logger = new Logger('OperatorAlerts');

  constructor(private readonly metrics: Metrics) {
    super();
  }

  raise(alert: OperatorAlert): void {
    const { kind, platform, detail, grantId } = alert;
    this.#logger.error({ msg: 'operator is needed', kind, platform, detail, grantId });
    this.metrics.counter(OPERATOR_ALERTS).inc({ kind, platform });
  }
}
