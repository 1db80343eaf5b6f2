import type { MooringEvent } from '@mooring/contracts';
import { BaseRpcContext } from '@nestjs/microservices';
import type { ReceivedRecord } from '../record.ts';
import { retryStateOf } from './retry-headers.ts';

/** What a handler may ask about the delivery of its event (`@Ctx() context: EventContext`). */
export class EventContext extends BaseRpcContext<[MooringEvent, ReceivedRecord]> {
  getEvent(): MooringEvent {
    return this.args[0];
  }

  getRecord(): ReceivedRecord {
    return this.args[1];
  }

  /** Retry lanes entered so far; 0 on the first delivery. */
  getAttempt(): number {
    return retryStateOf(this.args[1]).attempt;
  }

  /** The event type: Nest's name for what a message is about. */
  getPattern(): string {
    return this.args[0].type;
  }
}
