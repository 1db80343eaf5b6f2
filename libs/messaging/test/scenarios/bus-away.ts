import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import type { MooringEvent } from '@mooring/contracts';
import { BUS_DEFAULTS } from '../../src/index.ts';
import { keysOf, workspaceChanged } from '../conformance/events.ts';
import type { RoughBus } from '../conformance/harness.ts';
import { until } from '../conformance/member.ts';
import type { Stage } from '../conformance/stage.ts';
import type { Scenario } from './scenario.ts';

const BACK_WITHIN_MS = 15_000;
const FROZEN_MS = 40_000;
const EVENTS = 40;
const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A service with outbox, relay and consumer on the rough bus. */
async function startService(stage: Stage, group: string) {
  const handled = new Set<string>();
  const handle = (event: MooringEvent): Promise<void> => {
    handled.add(event.id);
    return Promise.resolve();
  };
  const { sessionTimeoutMs, heartbeatMs, rebalanceTimeoutMs } = BUS_DEFAULTS;
  // The times of production: how soon consumers are back is what they decide.
  const bounds = { sessionTimeoutMs, heartbeatMs, rebalanceTimeoutMs };
  const member = await stage.member({ group, bounds, handlers: { WorkspaceChanged: handle } });
  const relay = await stage.relay();
  const dataSource = await stage.dataSource();
  const keys = keysOf(8);
  const write = async (): Promise<string[]> => {
    const events = Array.from({ length: EVENTS }, (_, n) => workspaceChanged(keys[n % 8] ?? '', n));
    await dataSource.transaction((manager) => stage.outbox().add(manager, ...events));
    return events.map(({ id }) => id);
  };
  const pending = async (): Promise<number> => {
    const rows: { n: number }[] = await dataSource.query(`SELECT count(*)::integer AS n FROM ${stage.schema}.outbox`);
    return rows[0]?.n ?? 0;
  };
  const arrived = (ids: readonly string[]) => () => ids.every((id) => handled.has(id));
  return { member, relay, write, pending, arrived };
}

// A send that was given up may have landed: consumers then have the events before the relay's next send is acknowledged.
function outboxEmpties({ pending }: { pending: () => Promise<number> }): Promise<void> {
  return until(async () => (await pending()) === 0, BACK_WITHIN_MS, 'the outbox is empty');
}

export const busAwayAtBoot: Scenario = {
  title: 'a bus that is away at boot stops no process: the outbox holds, and drains when the bus comes',
  async play(stage, rough) {
    if (!rough) throw new Error('no bus to mistreat');
    const group = `g${randomUUID().slice(0, 8)}`;
    const startMs = performance.now();
    const service = await startService(stage, group);
    expect(performance.now() - startMs).toBeLessThan(5_000);
    const ids = await service.write();
    await rest(3_000);
    expect(await service.pending()).toBe(EVENTS);
    expect(service.relay.stats()).toMatchObject({ connected: false, published: 0, dead: 0 });
    expect(service.member.stats().connected).toBe(false);
    expect(Math.max(...service.member.stats().lanes.map(({ supervisorSilentMs }) => supervisorSilentMs))).toBeLessThan(
      15_000,
    );
    await rough.begin();
    await stage.declare(group, ['WorkspaceChanged']);
    await until(service.arrived(ids), BACK_WITHIN_MS + 10_000, 'everything, after the bus came');
    await outboxEmpties(service);
  },
};

/** Takes the bus away under load; everything written before, meanwhile and after arrives within 15 s of its return. */
async function survive(
  stage: Stage,
  away: (rough: RoughBus) => Promise<void>,
  rough: RoughBus | undefined,
): Promise<void> {
  if (!rough) throw new Error('no bus to mistreat');
  const group = await stage.group(['WorkspaceChanged']);
  const service = await startService(stage, group);
  const before = await service.write();
  await until(service.arrived(before), 20_000, 'events before');
  let isAway = true;
  const meanwhile: string[] = [];
  const writing = (async () => {
    while (isAway) {
      meanwhile.push(...(await service.write()));
      await rest(500);
    }
  })();
  await away(rough);
  const backAtMs = performance.now();
  isAway = false;
  await writing;
  const after = await service.write();
  await until(service.arrived([...meanwhile, ...after]), BACK_WITHIN_MS, 'everything within 15 s of the return');
  expect(performance.now() - backAtMs).toBeLessThan(BACK_WITHIN_MS);
  await until(() => service.member.stats().connected, BACK_WITHIN_MS, 'every lane is back');
  await outboxEmpties(service);
  expect(service.relay.stats().dead).toBe(0);
}

export const brokerKilled: Scenario = {
  title: 'a bus killed with SIGKILL loses nothing: the outbox holds, consumers come back by themselves within 15 s',
  play: (stage, rough) =>
    survive(
      stage,
      async (bus) => {
        await rest(300);
        await bus.kill();
        await rest(4_000);
        await bus.restart();
      },
      rough,
    ),
};

export const brokerFrozen: Scenario = {
  title: 'a bus frozen for 40 s loses nothing: the outbox holds, consumers come back by themselves within 15 s',
  play: (stage, rough) =>
    survive(
      stage,
      async (bus) => {
        await rest(300);
        bus.freeze();
        await rest(FROZEN_MS);
        bus.thaw();
      },
      rough,
    ),
};
