import type { ReleaseClaims } from '../release/release-claims.ts';
import type { DiscardPending } from './discard-pending.ts';
import { DiscardStalePending } from './discard-stale-pending.ts';
import type { GrantChanges } from './grant-changes.ts';

describe('consents that were forgotten', () => {
  it('are thrown away one by one: one that can’t be holds no other up', async () => {
    const stale = ['a', 'b', 'c'].map((sessionId) => ({ workspaceId: 'acme', sessionId }));
    const discarded: string[] = [];
    const discardStale = new DiscardStalePending(
      { stalePending: () => Promise.resolve(stale) } as unknown as ReleaseClaims,
      {
        run(_workspaceId: string, sessionId: string) {
          if (sessionId === 'a') return Promise.reject(new Error('odd'));
          discarded.push(sessionId);
          return Promise.resolve();
        },
      } as unknown as DiscardPending,
      { now: () => new Date() } as GrantChanges,
    );
    expect(await discardStale.run()).toBe(2);
    expect(discarded).toEqual(['b', 'c']);
  });
});
