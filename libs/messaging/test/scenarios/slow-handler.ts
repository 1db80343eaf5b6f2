import { expect } from '@jest/globals';
import type { MooringEvent } from '@mooring/contracts';
import { encodeEvent } from '../../src/index.ts';
import { keysOf, versionOf, workspaceChanged } from '../conformance/events.ts';
import { until } from '../conformance/member.ts';
import { effectOnce, effectsOf } from '../conformance/stage.ts';
import type { Scenario } from './scenario.ts';

/** Longer than the session and the rebalance timeout of TEST_BOUNDS, as 60 s is longer than those of production. */
const SLOW_MS = 16_000;
const JOIN_AFTER_MS = 5_000;
const PUBLISH_EVERY_MS = 100;
/** A rebalance may cost a moment: members hear of it with their next heartbeat. */
const LATENCY_MS_MAX = 4_000;

export const slowHandler: Scenario = {
  title:
    'a handler that outlives the session costs nobody anything but its own key, also when a second member joins in the middle',
  async play(stage) {
    const [slow = '', ...others] = keysOf(13);
    const group = await stage.group(['WorkspaceChanged']);
    const dataSource = await stage.dataSource();
    const sentAtMs = new Map<string, number>();
    const latenciesMs = new Map<string, number>();
    const slowVersions: number[] = [];
    const handle = async (event: MooringEvent): Promise<void> => {
      const sent = sentAtMs.get(event.id);
      if (sent !== undefined && !latenciesMs.has(event.id)) latenciesMs.set(event.id, performance.now() - sent);
      if (event.key !== slow) return;
      if (versionOf(event) === 1) await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
      if (await effectOnce(stage, dataSource, group, event)) slowVersions.push(versionOf(event));
    };
    const handlers = { WorkspaceChanged: handle };
    const first = await stage.member({ group, handlers, deadlineMs: 60_000 });
    await first.joined();
    const slowEvents = [workspaceChanged(slow, 1), workspaceChanged(slow, 2)];
    await stage.publish(...slowEvents);
    const producer = stage.producer();
    const startMs = performance.now();
    let joining: Promise<unknown> | undefined;
    for (let n = 1; performance.now() - startMs < SLOW_MS; n += 1) {
      if (!joining && performance.now() - startMs > JOIN_AFTER_MS)
        joining = stage.member({ group, handlers, deadlineMs: 60_000 });
      const events = others.slice(0, 6).map((key) => workspaceChanged(key, n));
      for (const { id } of events) sentAtMs.set(id, performance.now());
      await producer.send(events.map(encodeEvent));
      await new Promise((resolve) => setTimeout(resolve, PUBLISH_EVERY_MS));
    }
    await joining;
    await until(() => latenciesMs.size === sentAtMs.size, 10_000, 'every event of the other keys');
    expect(Math.max(...latenciesMs.values())).toBeLessThan(LATENCY_MS_MAX);
    await until(() => slowVersions.length === 2, 2 * SLOW_MS, 'the slow key goes on');
    expect(slowVersions).toEqual([1, 2]);
    const effects = await effectsOf(stage, dataSource, group);
    expect(slowEvents.map(({ id }) => effects.get(id))).toEqual([1, 1]);
  },
};
