import { expect } from '@jest/globals';
import type { MooringEvent } from '@mooring/contracts';
import { keysOf, versionOf, workspaceChanged } from '../conformance/events.ts';
import { until } from '../conformance/member.ts';
import type { Stage } from '../conformance/stage.ts';
import type { Scenario } from './scenario.ts';

const KEYS = 32;
const VERSIONS = 60;
const WRITERS = 4;

async function write(stage: Stage, keys: readonly string[]): Promise<void> {
  const dataSource = await stage.dataSource();
  for (let version = 1; version <= VERSIONS; version += 1) {
    for (const key of keys) {
      await dataSource.transaction((manager) => stage.outbox().add(manager, workspaceChanged(key, version)));
    }
  }
}

export const orderPerKey: Scenario = {
  title: 'order: the first delivery follows the order of commits per key, with 4 relays draining one outbox at once',
  schema: 'burst',
  async play(stage) {
    const keys = keysOf(KEYS);
    const group = await stage.group(['WorkspaceChanged']);
    const seen = new Map<string, number[]>(keys.map((key) => [key, []]));
    const handle = (event: MooringEvent): Promise<void> => {
      const versions = seen.get(event.key);
      if (versions && !versions.includes(versionOf(event))) versions.push(versionOf(event));
      return Promise.resolve();
    };
    await stage.member({ group, handlers: { WorkspaceChanged: handle } });
    for (let relay = 0; relay < 4; relay += 1) await stage.relay({ bounds: { batchRowsMax: 50 } });
    const perWriter = KEYS / WRITERS;
    const writers = Array.from({ length: WRITERS }, (_, n) => keys.slice(n * perWriter, (n + 1) * perWriter));
    await Promise.all(writers.map((mine) => write(stage, mine)));
    await until(() => [...seen.values()].every(({ length }) => length === VERSIONS), 45_000, 'all events arrive');
    const expected = Array.from({ length: VERSIONS }, (_, index) => index + 1);
    for (const versions of seen.values()) expect(versions).toEqual(expected);
  },
};
