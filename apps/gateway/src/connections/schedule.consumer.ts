import type { MooringEvent } from '@mooring/contracts';
import { OnEvent } from '@mooring/messaging';
import { Controller } from '@nestjs/common';
import { Transactions } from '../storage/ports.ts';
import { NoteDeadline } from './note-deadline.ts';

/** What the scheduler says about deadlines. */
@Controller()
export class ScheduleConsumer {
  constructor(
    private readonly transactions: Transactions,
    private readonly noteDeadline: NoteDeadline,
  ) {}

  @OnEvent('TokenExpiringSoon')
  expiringSoon(event: MooringEvent<'TokenExpiringSoon'>): Promise<void> {
    return this.transactions.onceFor(event, (stores) => this.noteDeadline.near(stores, event.data));
  }

  @OnEvent('TokenDeadlineReached')
  deadlineReached(event: MooringEvent<'TokenDeadlineReached'>): Promise<void> {
    return this.transactions.onceFor(event, (stores) => this.noteDeadline.reached(stores, event.data));
  }
}
