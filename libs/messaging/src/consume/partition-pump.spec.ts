import { describe, expect, it } from '@jest/globals';
import type { ReceivedRecord } from '../record.ts';
import { PartitionPump } from './partition-pump.ts';

const record = (offset: number, key: string | null): ReceivedRecord => ({
  topic: 't',
  partition: 0,
  offset: BigInt(offset),
  key,
  value: Buffer.alloc(0),
  headers: {},
});

/** A pump whose records are finished by hand. */
function manualPump(bounds: { inFlightMax?: number; aheadMax?: number } = {}) {
  const open = new Map<bigint, (isDone: boolean) => void>();
  let rooms = 0;
  const pump = new PartitionPump({
    inFlightMax: bounds.inFlightMax ?? 100,
    aheadMax: bounds.aheadMax ?? 1_000,
    onRoom: () => (rooms += 1),
    process: ({ offset }) => new Promise((resolve) => open.set(offset, resolve)),
  });
  const finish = async (offset: number, isDone = true): Promise<void> => {
    const resolve = open.get(BigInt(offset));
    open.delete(BigInt(offset));
    resolve?.(isDone);
    await new Promise((next) => setImmediate(next));
  };
  return { pump, finish, begun: () => [...open.keys()].map(Number), rooms: () => rooms };
}

describe('PartitionPump', () => {
  it('works the records of a key one after another and other keys beside them', async () => {
    const { pump, finish, begun } = manualPump();
    pump.offer([record(0, 'a'), record(1, 'a'), record(2, 'b'), record(3, null), record(4, null)]);
    expect(begun()).toEqual([0, 2, 3, 4]);
    await finish(0);
    expect(begun()).toContain(1);
  });

  it('commits the low watermark: never past a record that is not done', async () => {
    const { pump, finish } = manualPump();
    pump.offer([record(5, 'a'), record(6, 'b'), record(7, 'c')]);
    await finish(6);
    expect(pump.commitOffset()).toBeUndefined();
    await finish(5);
    expect(pump.commitOffset()).toBe(7n);
    pump.committed(7n);
    expect(pump.commitOffset()).toBeUndefined();
    await finish(7);
    expect(pump.commitOffset()).toBe(8n);
  });

  it('passes over what it has taken before when fetching starts again lower', async () => {
    const { pump, finish, begun } = manualPump();
    pump.offer([record(0, 'a'), record(1, 'b')]);
    await finish(1);
    pump.rejoined();
    expect(pump.commitOffset()).toBeUndefined();
    pump.offer([record(0, 'a'), record(1, 'b'), record(2, 'c')]);
    expect(begun()).toEqual([0, 2]);
  });

  it('never commits below where the last fetch began: another member may have gone on from there', async () => {
    const { pump, finish } = manualPump();
    pump.offer([record(0, 'a'), record(1, 'b')]);
    await finish(1);
    pump.rejoined();
    pump.offer([record(10, 'c')]);
    await finish(10);
    expect(pump.commitOffset()).toBeUndefined();
    await finish(0);
    expect(pump.commitOffset()).toBe(11n);
  });

  it('is full at its bound and says so once half of it is done', async () => {
    const { pump, finish, rooms } = manualPump({ inFlightMax: 4 });
    pump.offer([0, 1, 2, 3].map((offset) => record(offset, String(offset))));
    expect(pump.isFull).toBe(true);
    await finish(0);
    expect(rooms()).toBe(0);
    await finish(1);
    expect([rooms(), pump.isFull]).toEqual([1, false]);
  });

  it('is full when it has run too far ahead of one unfinished record', async () => {
    const { pump, finish, rooms } = manualPump({ aheadMax: 3 });
    pump.offer([0, 1, 2, 3].map((offset) => record(offset, String(offset))));
    await finish(1);
    await finish(2);
    await finish(3);
    expect(pump.isFull).toBe(true);
    await finish(0);
    expect([rooms(), pump.isFull]).toEqual([1, false]);
  });

  it('leaves a record that was given up, and what follows it on its key, uncommitted', async () => {
    const { pump, finish, begun } = manualPump();
    pump.offer([record(0, 'a'), record(1, 'a')]);
    await finish(0, false);
    expect(begun()).toEqual([]);
    expect(pump.commitOffset()).toBeUndefined();
  });

  it('starts nothing more once halted, and is idle when the last record at work is done', async () => {
    const { pump, finish, begun } = manualPump();
    pump.offer([record(0, 'a'), record(1, 'a')]);
    pump.halt();
    pump.offer([record(2, 'b')]);
    const idle = pump.idle();
    await finish(0);
    await idle;
    expect(begun()).toEqual([]);
    expect(pump.commitOffset()).toBe(1n);
  });
});
