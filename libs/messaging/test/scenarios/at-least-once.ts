import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from '@jest/globals';
import { type MooringEvent, TOPICS } from '@mooring/contracts';
import type { EventContext } from '../../src/index.ts';
import { keysOf, workspaceChanged } from '../conformance/events.ts';
import { TEST_BOUNDS } from '../conformance/harness.ts';
import { until } from '../conformance/member.ts';
import { effectOnce, effectsOf, type Stage } from '../conformance/stage.ts';
import type { Scenario } from './scenario.ts';

export const duplicateDelivery: Scenario = {
  title:
    'effect once: an event that is published twice, and one whose handler fails after its commit, take effect once',
  async play(stage) {
    const [twice, failing] = keysOf(2).map((key) => workspaceChanged(key, 1));
    if (!twice || !failing) throw new Error('no events');
    const group = await stage.group(['WorkspaceChanged']);
    const dataSource = await stage.dataSource();
    const calls: { id: string; isFirst: boolean }[] = [];
    const handle = async (event: MooringEvent): Promise<void> => {
      if (event.id !== twice.id && event.id !== failing.id) return;
      const isFirst = await effectOnce(stage, dataSource, group, event);
      calls.push({ id: event.id, isFirst });
      if (isFirst && event.id === failing.id) throw new Error('after the commit');
    };
    await stage.member({ group, handlers: { WorkspaceChanged: handle } });
    await stage.publish(twice, failing);
    await stage.publish(twice);
    await until(() => calls.length >= 4, 20_000, 'two deliveries of each');
    const effects = await effectsOf(stage, dataSource, group);
    expect([effects.get(twice.id), effects.get(failing.id)]).toEqual([1, 1]);
    for (const { id } of [twice, failing]) {
      expect(calls.filter((call) => call.id === id).map(({ isFirst }) => isFirst)).toEqual([true, false]);
    }
  },
};

/** A member in a process of its own that takes the effect and then stands still before the offset is committed. */
async function playVictim(stage: Stage, group: string, eventId: string): Promise<void> {
  const script = fileURLToPath(new URL('../conformance/victim.ts', import.meta.url));
  const child = spawn(
    process.execPath,
    ['--conditions=@mooring/source', '--disable-warning=ExperimentalWarning', script],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: '' },
    },
  );
  const { address, schema } = stage;
  const order = { address, schema, group, eventId, bounds: TEST_BOUNDS, url: stage.database.urlOf(schema) };
  child.stdin.end(JSON.stringify(order));
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    await until(() => output.includes('effect'), 30_000, `the effect in the other process (${output})`);
  } finally {
    child.kill('SIGKILL');
    await exited;
  }
}

export const crashBetweenEffectAndOffset: Scenario = {
  title: 'effect once: a process killed between effect and offset leaves its event to its heir, who finds it done',
  async play(stage) {
    const [key = ''] = keysOf(1);
    const event = workspaceChanged(key, 1);
    const group = await stage.group(['WorkspaceChanged']);
    const dataSource = await stage.dataSource();
    await stage.publish(event);
    await playVictim(stage, group, event.id);
    expect((await effectsOf(stage, dataSource, group)).get(event.id)).toBe(1);
    const deliveries: boolean[] = [];
    const handle = async (received: MooringEvent): Promise<void> => {
      if (received.id === event.id) deliveries.push(await effectOnce(stage, dataSource, group, received));
    };
    await stage.member({ group, handlers: { WorkspaceChanged: handle } });
    await until(() => deliveries.length > 0, 30_000, 'redelivery to the heir');
    expect(deliveries).toEqual([false]);
    expect((await effectsOf(stage, dataSource, group)).get(event.id)).toBe(1);
  },
};

export const twoMembersAtOnce: Scenario = {
  title: 'effect once: two members that work on the same event during a rebalance leave one effect',
  async play(stage) {
    const published = new Set<string>();
    const group = await stage.group(['WorkspaceChanged']);
    const partitions = new Set<number>();
    const workers = new Map<string, Set<string>>();
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const join = async (name: string): Promise<void> => {
      const dataSource = await stage.dataSource();
      const handle = async (event: MooringEvent, context: EventContext): Promise<void> => {
        if (!published.has(event.id)) return;
        partitions.add(context.getRecord().partition);
        workers.set(event.id, (workers.get(event.id) ?? new Set()).add(name));
        await stage.inbox(group).handleOnce(dataSource, event, async (manager) => {
          await gate;
          await manager.query(`INSERT INTO ${stage.schema}.effect VALUES ($1, $2, $3, 1)`, [
            group,
            event.id,
            event.key,
          ]);
        });
      };
      const member = await stage.member({ group, handlers: { WorkspaceChanged: handle } });
      await member.joined();
    };
    await join('first');
    const publishMore = async (): Promise<void> => {
      const events = keysOf(4).map((key) => workspaceChanged(key, 1));
      events.forEach(({ id }) => published.add(id));
      await stage.publish(...events);
      await until(() => workers.size === published.size, 20_000, 'the first member begins');
    };
    try {
      // Whichever partition moves, an event of it must be at work.
      while (partitions.size < TOPICS.workspaces.partitions && published.size < 24) await publishMore();
      await join('second');
      const isShared = (): boolean => [...workers.values()].some((names) => names.size === 2);
      await until(isShared, 20_000, 'both members at work on one event');
    } finally {
      release();
    }
    const dataSource = await stage.dataSource();
    const effects = (): Promise<Map<string, number>> => effectsOf(stage, dataSource, group);
    await until(async () => (await effects()).size === published.size, 20_000, 'all effects');
    expect([...(await effects()).values()]).toEqual([...published].map(() => 1));
  },
};
