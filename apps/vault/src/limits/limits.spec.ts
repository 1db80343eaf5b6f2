import { describe, expect, it } from '@jest/globals';
import { minutes } from '@mooring/contracts';
import { FailureRun } from './failure-run.ts';
import { GrantHolds } from './grant-holds.ts';
import { RetryBudget } from './retry-budget.ts';
import { WaitingCalls } from './waiting-calls.ts';

describe('a run of failures', () => {
  it('C08 is none where one bad grant fails again and again', () => {
    const run = new FailureRun(5);
    for (let failure = 0; failure < 50; failure += 1) expect(run.add('bad')).toBe(false);
    expect(run.add(null)).toBe(false);
  });

  it('says that the platform is down when several grants fail in a row, and begins anew after an answer', () => {
    const run = new FailureRun(5);
    const fail = (): boolean[] => ['a', 'b', 'c', 'd', 'e'].map((grantId) => run.add(grantId));
    expect(fail()).toEqual([false, false, false, false, true]);
    run.end();
    expect(fail().slice(0, 4)).toEqual([false, false, false, false]);
    run.end();
    expect(run.add('e')).toBe(false);
  });
});

describe('the retry budget', () => {
  it('C01 C03 keeps repeated calls below a tenth of all, beyond those that were saved up', () => {
    const budget = new RetryBudget(minutes(1));
    const nowMs = 1_000_000;
    for (let grant = 0; grant < 1_000; grant += 1) {
      expect(budget.admit(`grant-${grant}`, nowMs)).toBe(true);
      budget.failed(`grant-${grant}`);
    }
    const admitted = Array.from({ length: 1_000 }, (_, grant) => budget.admit(`grant-${grant}`, nowMs));
    expect(admitted.filter(Boolean).length).toBeLessThanOrEqual(100);
    expect(admitted.filter(Boolean).length).toBeGreaterThan(0);
  });

  it('C05 C06 lets a lone grant try again after a while, and forgets what was answered', () => {
    const budget = new RetryBudget(minutes(1));
    budget.failed('lone');
    let nowMs = 0;
    let tries = 0;
    for (; nowMs < minutes(60); nowMs += minutes(1)) if (budget.admit('lone', nowMs)) tries += 1;
    expect(tries).toBeGreaterThanOrEqual(60);
    budget.answered('lone');
    expect(Array.from({ length: 20 }, () => budget.admit('lone', nowMs))).not.toContain(false);
  });
});

describe('waiting calls', () => {
  const call = (grantId: string | null, sinceMs = 0) => ({
    grantId,
    sinceMs,
    begin: () => undefined,
    probe: () => undefined,
    refuse: () => undefined,
  });

  it('C07 C08 of a grant that has one under way let the others pass', () => {
    const waiting = new WaitingCalls();
    for (const grantId of ['bad', 'bad', 'good', null]) waiting.add(call(grantId));
    const busy = new Set(['bad']);
    expect(waiting.next(busy)?.grantId).toBe('good');
    expect(waiting.next(busy)?.grantId).toBeNull();
    expect(waiting.next(busy)).toBeUndefined();
    expect(waiting.next(new Set())?.grantId).toBe('bad');
  });

  it('don’t wait for ever', () => {
    const waiting = new WaitingCalls();
    for (const sinceMs of [1, 2, 3]) waiting.add(call('a', sinceMs));
    expect(waiting.since(2)).toHaveLength(2);
    expect(waiting.all()).toHaveLength(1);
    expect(waiting.size).toBe(0);
  });
});

describe('holds of grants', () => {
  it('end by themselves, the longest one counts', () => {
    const holds = new GrantHolds();
    holds.hold('a', 100);
    holds.hold('a', 50);
    expect([holds.leftMs('a', 40), holds.leftMs('b', 40), holds.leftMs('a', 100), holds.leftMs('a', 0)]).toEqual([
      60, 0, 0, 0,
    ]);
  });
});
