import { type DurationMs, minutes } from '@mooring/contracts';
import { PollLoop, type PollLoopHost } from '@mooring/runtime';
import { Injectable } from '@nestjs/common';
import { ReplayJournal } from './replay-journal.ts';

const EVERY_MS: DurationMs = 5_000;

/** Looks for answers that could not be committed, this process's own and those of processes that have died since. */
@Injectable()
export class JournalPoller {
  constructor(private readonly replay: ReplayJournal) {}

  loop(host: PollLoopHost): PollLoop {
    const round = (): Promise<void> => this.replay.run();
    return new PollLoop({ name: 'journal', everyMs: EVERY_MS, staleAfterMs: minutes(10), round }, host);
  }
}
