import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** How a metric is declared. Names begin with `mooring_`; labels have few values (never ids). */
export interface MetricDeclaration {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
}

/** A {@link MetricDeclaration} with the upper bounds of its buckets, in the unit that the name ends in. */
export interface HistogramDeclaration extends MetricDeclaration {
  readonly buckets?: readonly number[];
}

const SECONDS_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Metrics that alerts and dashboards are written against, whichever service raises them. */
export const METRICS = {
  httpRequestSeconds: {
    name: 'mooring_http_request_duration_seconds',
    help: 'Time to answer an HTTP request, by port, route pattern, method and status.',
    labels: ['port', 'route', 'method', 'status'],
    buckets: SECONDS_BUCKETS,
  },
  refreshes: {
    name: 'mooring_token_refreshes_total',
    help: 'Token refreshes by platform and result: what came of it, or the class of the failure.',
    labels: ['platform', 'result'],
  },
  inspections: {
    name: 'mooring_token_inspections_total',
    help: 'Token inspections by platform and result.',
    labels: ['platform', 'result'],
  },
  tokenReads: {
    name: 'mooring_token_reads_total',
    help: 'Token reads by result: `ok`, or the code of the problem that was answered.',
    labels: ['result'],
  },
  decryptFailures: {
    name: 'mooring_decrypt_failures_total',
    help: 'Sealed values that could not be opened: a lost key, a wrong row or tampering.',
    labels: ['kind'],
  },
  platformRequestSeconds: {
    name: 'mooring_platform_request_duration_seconds',
    help: 'Time of a call to a platform, by platform, operation and class of the answer.',
    labels: ['platform', 'operation', 'result'],
    buckets: SECONDS_BUCKETS,
  },
  callbacks: {
    name: 'mooring_platform_callbacks_total',
    help: 'Call-backs of platforms by platform and result.',
    labels: ['platform', 'result'],
  },
  connectSessions: {
    name: 'mooring_connect_sessions_total',
    help: 'Connect sessions that ended, by platform and result: `done`, `not_chosen`, `not_returned`, or the code of the problem.',
    labels: ['platform', 'result'],
  },
  connections: {
    name: 'mooring_connections',
    help: 'Connections of all workspaces by platform and status. Every replica reports all of them: take the maximum.',
    labels: ['platform', 'status'],
  },
  outboxPending: { name: 'mooring_outbox_pending', help: 'Events waiting in the outbox.' },
  outboxAgeSeconds: { name: 'mooring_outbox_oldest_seconds', help: 'Age of the oldest event in the outbox.' },
  deadLetters: {
    name: 'mooring_dead_letters_total',
    help: 'Events set aside, by service and side: consumed ones that no handler could take, own ones that no bus took.',
    labels: ['group', 'side'],
  },
  consumerConnected: {
    name: 'mooring_bus_connected',
    help: '1 while the consumer of this group is connected to the bus.',
    labels: ['group'],
  },
  consumerLag: {
    name: 'mooring_bus_lag',
    help: 'Records that wait for this process, or are at work in it, as far as known.',
    labels: ['group'],
  },
  dueLagSeconds: {
    name: 'mooring_schedule_lag_seconds',
    help: 'How late the oldest due grant is that nobody has taken up.',
  },
  unansweredLagSeconds: {
    name: 'mooring_schedule_unanswered_seconds',
    help: 'How late the oldest due grant is whose command the vault has not answered.',
  },
  openAlerts: { name: 'mooring_alerts_open', help: 'Alerts that are open.' },
  liveListeners: { name: 'mooring_live_listeners', help: 'Open live streams of this replica.' },
  draining: { name: 'mooring_draining', help: '1 from the moment the process began to stop.' },
} as const satisfies Record<string, HistogramDeclaration>;

/** The metrics of one process. Asking twice for the same name answers the same metric. */
export class Metrics {
  readonly registry = new Registry();

  /** Adds the process's own metrics (CPU, memory, event loop, garbage collection). Once per process. */
  collectProcessMetrics(service: string): void {
    this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry });
  }

  /** A count that only grows; its name ends in `_total`. */
  counter(declaration: MetricDeclaration): Counter {
    const { name, help, labels = [] } = declaration;
    const known = this.registry.getSingleMetric(name);
    return known instanceof Counter
      ? known
      : new Counter({ name, help, labelNames: [...labels], registers: [this.registry] });
  }

  /** A value that goes up and down. */
  gauge(declaration: MetricDeclaration): Gauge {
    const { name, help, labels = [] } = declaration;
    const known = this.registry.getSingleMetric(name);
    return known instanceof Gauge
      ? known
      : new Gauge({ name, help, labelNames: [...labels], registers: [this.registry] });
  }

  /** A distribution; its name ends in its unit, `_seconds` or `_bytes`. */
  histogram(declaration: HistogramDeclaration): Histogram {
    const { name, help, labels = [], buckets = SECONDS_BUCKETS } = declaration;
    const known = this.registry.getSingleMetric(name);
    return known instanceof Histogram
      ? known
      : new Histogram({ name, help, labelNames: [...labels], buckets: [...buckets], registers: [this.registry] });
  }
}
