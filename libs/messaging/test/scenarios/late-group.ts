import { expect } from '@jest/globals';
import type { MooringEvent } from '@mooring/contracts';
import { keysOf, memberRemoved, workspaceChanged } from '../conformance/events.ts';
import { until } from '../conformance/member.ts';
import type { Scenario } from './scenario.ts';

export const lateGroup: Scenario = {
  title: 'a group that starts late gets what was published before; known types without a handler are passed over',
  async play(stage) {
    const keys = keysOf(6);
    await stage.group(['WorkspaceChanged']);
    await stage.publish(...keys.map((key) => workspaceChanged(key, 1)), ...keys.map((key) => memberRemoved(key, 2)));
    const group = await stage.group(['WorkspaceChanged']);
    const handled: string[] = [];
    const handle = (event: MooringEvent): Promise<void> => {
      if (keys.includes(event.key)) handled.push(event.key);
      return Promise.resolve();
    };
    const member = await stage.member({ group, handlers: { WorkspaceChanged: handle } });
    await until(() => handled.length >= keys.length, 20_000, 'everything from before');
    expect(handled.sort()).toEqual([...keys].sort());
    await until(
      () => member.stats().lanes.every(({ recordsInFlight }) => recordsInFlight === 0),
      10_000,
      'nothing held',
    );
    expect((await stage.deadLetters().list({ group })).filter(({ key }) => keys.includes(key ?? ''))).toEqual([]);
  },
};
