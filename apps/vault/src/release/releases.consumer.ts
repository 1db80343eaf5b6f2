import type { MooringEvent } from '@mooring/contracts';
import { OnEvent } from '@mooring/messaging';
import { Controller } from '@nestjs/common';
import { RecordRelease } from './record-release.ts';

/** Commands to let a connection go. */
@Controller()
export class ReleasesConsumer {
  constructor(private readonly recordRelease: RecordRelease) {}

  @OnEvent('ReleaseRequested')
  async onReleaseRequested(event: MooringEvent<'ReleaseRequested'>): Promise<void> {
    await this.recordRelease.run(event);
  }
}
