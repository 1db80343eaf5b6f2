import { expect } from '@jest/globals';
import type { MooringEvent } from '@mooring/contracts';
import { keysOf, workspaceChanged } from '../conformance/events.ts';
import { until } from '../conformance/member.ts';
import type { Scenario } from './scenario.ts';

const EVENTS = 300;
const WORK_MS = 15;

export const gracefulStop: Scenario = {
  title: 'a graceful stop under load loses nothing and repeats nothing that was finished',
  async play(stage) {
    const keys = keysOf(10);
    const events = Array.from({ length: EVENTS }, (_, n) => workspaceChanged(keys[n % keys.length] ?? '', n));
    const ids = new Set<string>(events.map(({ id }) => id));
    const group = await stage.group(['WorkspaceChanged']);
    const finished: string[] = [];
    const handle = async (event: MooringEvent): Promise<void> => {
      if (!ids.has(event.id)) return;
      await new Promise((resolve) => setTimeout(resolve, WORK_MS));
      finished.push(event.id);
    };
    const first = await stage.member({ group, handlers: { WorkspaceChanged: handle } });
    await stage.publish(...events);
    await until(() => finished.length > EVENTS / 6, 20_000, 'the first member in the middle of its work');
    await first.close();
    const atStop = finished.length;
    expect(atStop).toBeLessThan(EVENTS);
    await stage.member({ group, handlers: { WorkspaceChanged: handle } });
    await until(() => new Set(finished).size === EVENTS, 30_000, 'the rest by the second member');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(finished).toHaveLength(EVENTS);
  },
};
