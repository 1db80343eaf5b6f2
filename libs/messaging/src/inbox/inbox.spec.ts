import type { DataSource } from 'typeorm';
import { Inbox } from './inbox.ts';

describe('the inbox', () => {
  it('forgets everything that is too old, in bounded batches, however much came in', async () => {
    const batches = [1_000, 1_000, 7];
    const query = (): Promise<unknown[]> => Promise.resolve(Array.from({ length: batches.shift() ?? 0 }));
    const deleted = await new Inbox('gateway', 'test').cleanUp({ query } as unknown as DataSource);
    expect(deleted).toBe(2_007);
    expect(batches).toEqual([]);
  });
});
