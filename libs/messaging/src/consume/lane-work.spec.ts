import { describe, expect, it } from '@jest/globals';
import type { ReceivedRecord } from '../record.ts';
import { BUS_DEFAULTS } from '../settings.ts';
import { LaneWork, type TopicPartition } from './lane-work.ts';

const [first, second]: TopicPartition[] = [0, 1].map((partition) => ({ topic: 't', partition }));
if (!first || !second) throw new Error('no partitions');
const record = (at: TopicPartition, offset: number): ReceivedRecord => {
  const body = { value: Buffer.alloc(0), headers: {} };
  return { ...at, offset: BigInt(offset), key: `${at.partition}-${offset}`, ...body };
};
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('LaneWork', () => {
  it('refuses records of a partition that it does not own: they must be fetched again by whoever does', () => {
    const work = new LaneWork(
      BUS_DEFAULTS,
      () => Promise.resolve(true),
      () => undefined,
    );
    expect(work.offer(first, [record(first, 0)])).toBe('refused');
    work.assign([first]);
    expect(work.offer(first, [record(first, 0)])).toBe('taken');
    work.halt();
    expect(work.offer(first, [record(first, 1)])).toBe('refused');
  });

  it('commits nothing of a partition that was lost, and nothing at all between two assignments', async () => {
    const work = new LaneWork(
      BUS_DEFAULTS,
      () => Promise.resolve(true),
      () => undefined,
    );
    work.assign([first, second]);
    work.offer(first, [record(first, 0)]);
    work.offer(second, [record(second, 0)]);
    await turn();
    expect(work.commits()).toHaveLength(2);
    work.suspendCommits();
    expect(work.commits()).toEqual([]);
    work.assign([second]);
    work.offer(second, [record(second, 0)]);
    expect(work.commits()).toEqual([{ ...second, offset: 1n }]);
  });

  it('bounds the handlers at work over all partitions, and is idle when the last one is done', async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    let most = 0;
    const work: LaneWork = new LaneWork(
      { ...BUS_DEFAULTS, handlersInFlightMax: 3 },
      async (_record, slots) => {
        await slots.acquire();
        most = Math.max(most, slots.taken);
        await gate;
        slots.release();
        return true;
      },
      () => undefined,
    );
    work.assign([first, second]);
    for (const at of [first, second])
      work.offer(
        at,
        [0, 1, 2, 3].map((offset) => record(at, offset)),
      );
    expect(await work.idle(5)).toBe(false);
    release();
    expect(await work.idle(5_000)).toBe(true);
    expect([most, work.handlersInFlight, work.recordsInFlight]).toEqual([3, 0, 0]);
  });
});
