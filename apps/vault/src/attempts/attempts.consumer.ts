import type { MooringEvent } from '@mooring/contracts';
import { OnEvent } from '@mooring/messaging';
import { Controller } from '@nestjs/common';
import { RecordAttempt } from './record-attempt.ts';

/** Commands to renew or inspect. */
@Controller()
export class AttemptsConsumer {
  constructor(private readonly recordAttempt: RecordAttempt) {}

  @OnEvent('RefreshRequested')
  async onRefreshRequested(event: MooringEvent<'RefreshRequested'>): Promise<void> {
    await this.recordAttempt.run(event);
  }

  @OnEvent('InspectRequested')
  async onInspectRequested(event: MooringEvent<'InspectRequested'>): Promise<void> {
    await this.recordAttempt.run(event);
  }
}
