import { describe, expect, it } from '@jest/globals';
import { Shutdown } from '../lifecycle/shutdown.ts';
import { createLogger } from '../logging/logger.ts';
import { captureLogs } from '../test-tools/log-capture.ts';
import { Loops } from './loops.ts';
import { PollLoop, type PollRound } from './poll-loop.ts';

const NEVER_MS = 3_600_000;
const DEADLINE_MS = 5_000;

function loopOf(round: PollRound, everyMs: number, monotonicMs?: () => number) {
  const logs = captureLogs();
  const host = {
    loops: new Loops(monotonicMs),
    shutdown: new Shutdown(),
    logger: createLogger({ service: 'test', level: 'info', destination: logs.destination }),
  };
  return { loop: new PollLoop({ name: 'test-loop', round, everyMs }, host), logs, ...host };
}

/** Rounds that can be waited for one by one. */
function countedRounds() {
  let count = 0;
  const waiting = new Map<number, () => void>();
  return {
    ran(): number {
      count += 1;
      waiting.get(count)?.();
      return count;
    },
    get count() {
      return count;
    },
    reached: (wanted: number) =>
      count >= wanted ? Promise.resolve() : new Promise<void>((resolve) => waiting.set(wanted, resolve)),
  };
}

describe('PollLoop', () => {
  it('goes on at once while there is more, then rests until it is woken', async () => {
    const rounds = countedRounds();
    const { loop } = loopOf(() => Promise.resolve(rounds.ran() < 3), NEVER_MS);
    loop.start();
    await rounds.reached(3);
    loop.wake();
    await rounds.reached(4);
    await loop.stop();
    expect(rounds.count).toBe(4);
  });

  it('does another round when it is woken during one, which may have looked too early', async () => {
    const rounds = countedRounds();
    const { loop } = loopOf(() => {
      if (rounds.ran() === 1) loop.wake();
      return Promise.resolve();
    }, NEVER_MS);
    loop.start();
    await rounds.reached(2);
    await loop.stop();
  });

  it('tells a round that failed and goes on', async () => {
    const rounds = countedRounds();
    const { loop, logs } = loopOf(() => {
      if (rounds.ran() === 1) return Promise.reject(new Error('no database'));
      return Promise.resolve();
    }, 1);
    loop.start();
    await rounds.reached(2);
    await loop.stop();
    expect(logs.lines()).toMatchObject([{ level: 'error', loop: 'test-loop', err: { message: 'no database' } }]);
  });

  it('is stuck for liveness when a round does not end, and no longer known once stopped', async () => {
    const now = { ms: 0 };
    let end: () => void = () => undefined;
    const { loop, loops } = loopOf(
      () => new Promise<void>((resolve) => (end = resolve)),
      1_000,
      () => now.ms,
    );
    loop.start();
    now.ms = 120_000;
    expect(loops.stuck()).toEqual([]);
    now.ms = 120_001;
    expect(loops.stuck()).toEqual(['test-loop']);
    const stopped = loop.stop();
    end();
    await stopped;
    expect(loops.stuck()).toEqual([]);
  });

  it('ends in the phase intake, after the round at work', async () => {
    const seen: string[] = [];
    let end: () => void = () => undefined;
    const { loop, shutdown } = loopOf(async () => {
      await new Promise<void>((resolve) => (end = resolve));
      seen.push('round ended');
    }, NEVER_MS);
    shutdown.register('drain', 'witness', () => void seen.push('drain'));
    loop.start();
    const stopping = shutdown.run(DEADLINE_MS);
    end();
    expect(await stopping).toEqual({ unfinished: [] });
    expect(seen).toEqual(['round ended', 'drain']);
  });
});
