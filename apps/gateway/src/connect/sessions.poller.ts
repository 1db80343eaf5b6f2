import { Loops, Shutdown } from '@mooring/runtime';
import { Injectable, Logger } from '@nestjs/common';
import { ConnectSettings } from './connect-settings.ts';
import { ExpireSessions } from './expire-sessions.ts';

const STUCK_AFTER_MS = 120_000;

/** Runs {@link ExpireSessions} again and again. */
@Injectable()
export class SessionsPoller {
  readonly #logger = new Logger(SessionsPoller.name);
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(
    private readonly expireSessions: ExpireSessions,
    private readonly settings: ConnectSettings,
    private readonly loops: Loops,
    private readonly shutdown: Shutdown,
  ) {}

  start(): void {
    const loop = this.loops.register('connect sessions', Math.max(STUCK_AFTER_MS, 10 * this.settings.pollEveryMs));
    this.shutdown.register('intake', 'connect sessions', async () => {
      this.#stopped = true;
      clearTimeout(this.#timer);
      await this.#round;
      loop.end();
    });
    const next = (): void => {
      if (this.#stopped) return;
      this.#timer = setTimeout(() => {
        this.#round = this.#run().then(() => {
          loop.beat();
          next();
        });
      }, this.settings.pollEveryMs);
    };
    next();
  }

  async #run(): Promise<void> {
    try {
      await this.expireSessions.run();
    } catch (err) {
      this.#logger.error({ msg: 'a round over the connect sessions failed', err });
    }
  }
}
