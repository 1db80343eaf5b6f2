import { describe, expect, it, jest } from '@jest/globals';
import { Shutdown, SHUTDOWN_PHASES, type ShutdownPhase } from './shutdown.ts';

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('Shutdown', () => {
  it('D-12 stops in order: readiness, intake, drain, relay, producer, database, whatever the order of registration', async () => {
    const order: string[] = [];
    const shutdown = new Shutdown();
    for (const phase of [...SHUTDOWN_PHASES].reverse()) {
      shutdown.register(phase, 'spy', async () => {
        order.push(`${phase} begins, draining ${shutdown.draining}`);
        await tick();
        order.push(`${phase} ends`);
      });
    }
    expect(shutdown.draining).toBe(false);
    await expect(shutdown.run(1_000)).resolves.toEqual({ unfinished: [] });
    expect(order).toEqual(
      ['intake', 'drain', 'relay', 'producer', 'database'].flatMap((phase) => [
        `${phase} begins, draining true`,
        `${phase} ends`,
      ]),
    );
  });

  it('runs the steps of one phase side by side', async () => {
    const shutdown = new Shutdown();
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    shutdown.register('intake', 'waits for the other', () => gate);
    shutdown.register('intake', 'lets go', () => release());
    await expect(shutdown.run(1_000)).resolves.toEqual({ unfinished: [] });
  });

  it('goes on to the database when a step fails or never ends, and says which', async () => {
    const stepFailed = jest.fn<(step: string, error: unknown) => void>();
    const shutdown = new Shutdown({ stepFailed });
    const closed: ShutdownPhase[] = [];
    shutdown.register('intake', 'throws', () => {
      throw new Error('no');
    });
    shutdown.register('drain', 'hangs', () => new Promise<void>(() => undefined));
    shutdown.register('database', 'pool', () => void closed.push('database'));
    await expect(shutdown.run(50)).resolves.toEqual({ unfinished: ['intake/throws', 'drain/hangs'] });
    expect(closed).toEqual(['database']);
    expect(stepFailed.mock.calls.map(([step]) => step)).toEqual(['intake/throws', 'drain/hangs']);
  });

  it('runs once, however often it is told to', async () => {
    const stop = jest.fn<() => void>();
    const shutdown = new Shutdown();
    shutdown.register('intake', 'once', stop);
    const [first, second] = await Promise.all([shutdown.run(100), shutdown.run(100)]);
    expect(first).toBe(second);
    expect(stop).toHaveBeenCalledTimes(1);
  });
});
