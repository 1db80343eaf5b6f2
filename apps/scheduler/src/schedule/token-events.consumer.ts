import type { MooringEvent } from '@mooring/contracts';
import { OnEvent } from '@mooring/messaging';
import { Controller } from '@nestjs/common';
import { FollowGrant } from './follow-grant.ts';

/** Takes from the bus what the vault says about grants. */
@Controller()
export class TokenEventsConsumer {
  constructor(private readonly followGrant: FollowGrant) {}

  @OnEvent('TokenStored')
  stored(event: MooringEvent<'TokenStored'>): Promise<void> {
    return this.followGrant.run(event);
  }

  @OnEvent('TokenRefreshed')
  refreshed(event: MooringEvent<'TokenRefreshed'>): Promise<void> {
    return this.followGrant.run(event);
  }

  @OnEvent('TokenRefreshFailed')
  refreshFailed(event: MooringEvent<'TokenRefreshFailed'>): Promise<void> {
    return this.followGrant.run(event);
  }

  @OnEvent('TokenInspected')
  inspected(event: MooringEvent<'TokenInspected'>): Promise<void> {
    return this.followGrant.run(event);
  }

  @OnEvent('TokenRevoked')
  revoked(event: MooringEvent<'TokenRevoked'>): Promise<void> {
    return this.followGrant.run(event);
  }
}
