import { afterEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { createBus } from './create-bus.ts';
import { BusUnavailableError } from './errors.ts';
import type { BusSettings } from './settings.ts';

/** Nothing listens on port 1 of the loopback address. */
const ABSENT: [string, Partial<BusSettings>][] = [
  ['kafka', { kafkaBrokers: ['127.0.0.1:1'] }],
  ['embedded', { busDatabaseUrl: 'postgres://nobody@127.0.0.1:1/nothing' }],
];

describe.each(ABSENT)('a bus that is away (%s)', (kind, address) => {
  let bus: ReturnType<typeof createBus> | undefined;
  // Lanes try again for as long as they live: one left behind would keep the whole run from ending.
  afterEach(() => bus?.close());

  it('lets the process start, tells that it is away, and lets it stop', async () => {
    const warnings: string[] = [];
    const warn = (_fields: Record<string, unknown>, message: string): void => void warnings.push(message);
    const logger = { info: () => undefined, error: () => undefined, warn };
    bus = createBus({ ...address, clientId: 'spec', logger });
    expect(bus.kind).toBe(kind);
    const strategy = bus.strategy({ group: 'g' });
    strategy.addHandler('WorkspaceChanged', () => Promise.resolve(), true);
    const answers: unknown[] = [];
    strategy.listen((error) => answers.push(error));
    expect(answers).toEqual([undefined]);
    const record = { topic: 'mooring.workspaces.v1', key: 'k', value: Buffer.from('{}'), headers: {} };
    await expect(bus.producer.send([record])).rejects.toThrow(BusUnavailableError);
    const { connected, lanes } = bus.stats();
    expect([connected, lanes.map(({ lane }) => lane)]).toEqual([false, ['main', 'retry.10s', 'retry.1m', 'retry.10m']]);
    const told = `the lane cannot reach ${kind === 'kafka' ? 'Kafka' : 'the bus'} yet`;
    // Each lane tries in the background, so the refusal may be told after the producer's own.
    for (const deadline = Date.now() + 10_000; !warnings.includes(told) && Date.now() < deadline;) await pause(20);
    expect(warnings).toContain(told);
    await bus.close();
  }, 30_000);
});
