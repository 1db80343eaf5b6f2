import { expect } from '@jest/globals';
import type { MooringEvent } from '@mooring/contracts';
import type { EventContext } from '../../src/index.ts';
import { keysOf, workspaceChanged } from '../conformance/events.ts';
import { TEST_BOUNDS } from '../conformance/harness.ts';
import { until } from '../conformance/member.ts';
import type { Scenario } from './scenario.ts';

export const retryLanes: Scenario = {
  title:
    'transient failure: the event goes through the retry lanes, not before its time, and succeeds; its neighbours do not wait',
  async play(stage) {
    const [failing = '', healthy = ''] = keysOf(2);
    const group = await stage.group(['WorkspaceChanged']);
    const attempts: { attempt: number; atMs: number; topic: string }[] = [];
    let healthyAtMs = 0;
    const handle = (event: MooringEvent, context: EventContext): Promise<void> => {
      if (event.key === healthy) healthyAtMs = performance.now();
      if (event.key !== failing) return Promise.resolve();
      const record = context.getRecord();
      attempts.push({ attempt: context.getAttempt(), atMs: performance.now(), topic: record.topic });
      if (context.getAttempt() < 2) throw new Error('not yet: Bearer abcdefghijklmnopqrstuvwxyz0123456789');
      expect(record.headers['mooring_original_topic']).toBe('mooring.workspaces.v1');
      expect(record.headers['mooring_error_message']).toBe('not yet: Bearer [redacted]');
      return Promise.resolve();
    };
    await stage.member({ group, handlers: { WorkspaceChanged: handle } });
    await stage.publish(workspaceChanged(failing, 1), workspaceChanged(healthy, 1));
    await until(() => attempts.some(({ attempt }) => attempt === 2), 25_000, 'success on the second retry lane');
    // Each lane but the last one: the delivery and one quick try.
    expect(attempts.map(({ attempt }) => attempt)).toEqual([0, 0, 1, 1, 2]);
    const [first, , , , last] = attempts;
    const [short = 0, long = 0] = TEST_BOUNDS.retryDelaysMs ?? [];
    expect((last?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(short + long);
    expect(last?.topic).toBe(`mooring.workspaces.v1.${group}.retry.${long}ms`);
    expect(healthyAtMs).toBeGreaterThan(0);
    expect(healthyAtMs).toBeLessThan(last?.atMs ?? 0);
  },
};

export const deadLetterReplay: Scenario = {
  title: 'dead letters: what fails on every lane is listed, and a replay reaches the group that failed and no other',
  async play(stage) {
    const [key = ''] = keysOf(1);
    const event = workspaceChanged(key, 1);
    const [failing, other] = [await stage.group(['WorkspaceChanged']), await stage.group(['WorkspaceChanged'])];
    const calls: string[] = [];
    let isMended = false;
    const handlerOf = (group: string) => (received: MooringEvent) => {
      if (received.id !== event.id) return Promise.resolve();
      calls.push(group);
      if (group === failing && !isMended) throw new Error('broken');
      return Promise.resolve();
    };
    await stage.member({ group: failing, handlers: { WorkspaceChanged: handlerOf(failing) } });
    await stage.member({ group: other, handlers: { WorkspaceChanged: handlerOf(other) } });
    await stage.publish(event);
    const letters = stage.deadLetters();
    const mine = async (includeReplayed = false) =>
      (await letters.list({ group: failing, includeReplayed })).filter(({ eventId }) => eventId === event.id);
    await until(async () => (await mine()).length === 1, 30_000, 'a dead letter');
    const [letter] = await mine();
    expect(letter).toMatchObject({
      attempts: 3,
      errorClass: 'Error',
      errorMessage: 'broken',
      type: 'WorkspaceChanged',
    });
    const failed = calls.filter((group) => group === failing).length;
    expect(failed).toBe(8);
    isMended = true;
    await letters.replay([letter?.id ?? '']);
    await until(() => calls.filter((group) => group === failing).length > failed, 20_000, 'the replay');
    expect(calls.filter((group) => group === other)).toHaveLength(1);
    expect(await mine()).toEqual([]);
    expect((await mine(true))[0]?.replayedAt).toBeDefined();
  },
};
