import { Metrics } from '../metrics.ts';
import { reportBus } from './report-bus.ts';

describe('what is reported of the bus', () => {
  const bus = { connected: true, deadLettered: 0, lanes: [{ lag: 2 }, { lag: 3 }] };
  const relay = { pending: 7, oldestAgeMs: 12_000, dead: 1 };

  it('shows counts that are 0, so that their first rise is seen, and repeats the bus’s own counts', async () => {
    const metrics = new Metrics();
    let deadLettered = 0;
    const report = (): void =>
      reportBus(metrics, {
        group: 'vault',
        bus: { stats: () => ({ ...bus, deadLettered }) },
        relay: { stats: () => relay },
      });
    report();
    expect(await metrics.registry.metrics()).toContain('mooring_dead_letters_total{group="vault",side="consumed"} 0');
    deadLettered = 2;
    report();
    report();
    const text = await metrics.registry.metrics();
    for (const line of [
      'mooring_dead_letters_total{group="vault",side="consumed"} 2',
      'mooring_dead_letters_total{group="vault",side="outbox"} 1',
      'mooring_bus_lag{group="vault"} 5',
      'mooring_bus_connected{group="vault"} 1',
      'mooring_outbox_pending 7',
      'mooring_outbox_oldest_seconds 12',
    ]) {
      expect(text).toContain(line);
    }
  });

  it('says nothing of an outbox where there is none', async () => {
    const metrics = new Metrics();
    reportBus(metrics, { group: 'notifications', bus: { stats: () => ({ ...bus, connected: false }) } });
    const text = await metrics.registry.metrics();
    expect(text).toContain('mooring_bus_connected{group="notifications"} 0');
    expect(text).not.toContain('mooring_outbox');
  });
});
