import type { MooringEvent } from '@mooring/contracts';
import { OnEvent } from '@mooring/messaging';
import { Controller } from '@nestjs/common';
import { TellPeople } from './tell-people.ts';

/** Takes from the bus what the gateway says about connections. */
@Controller()
export class ConnectionEventsConsumer {
  constructor(private readonly tellPeople: TellPeople) {}

  @OnEvent('ConnectionEstablished')
  established(event: MooringEvent<'ConnectionEstablished'>): Promise<void> {
    return this.tellPeople.run(event);
  }

  @OnEvent('ConnectionRefreshed')
  refreshed(event: MooringEvent<'ConnectionRefreshed'>): Promise<void> {
    return this.tellPeople.run(event);
  }

  @OnEvent('ConnectionChecked')
  checked(event: MooringEvent<'ConnectionChecked'>): Promise<void> {
    return this.tellPeople.run(event);
  }

  @OnEvent('ConnectionReconnected')
  reconnected(event: MooringEvent<'ConnectionReconnected'>): Promise<void> {
    return this.tellPeople.run(event);
  }

  @OnEvent('ConnectionExpiringSoon')
  expiringSoon(event: MooringEvent<'ConnectionExpiringSoon'>): Promise<void> {
    return this.tellPeople.run(event);
  }

  @OnEvent('ConnectionExpired')
  expired(event: MooringEvent<'ConnectionExpired'>): Promise<void> {
    return this.tellPeople.run(event);
  }

  @OnEvent('ConnectionRecovered')
  recovered(event: MooringEvent<'ConnectionRecovered'>): Promise<void> {
    return this.tellPeople.run(event);
  }

  @OnEvent('ConnectionScopesChanged')
  scopesChanged(event: MooringEvent<'ConnectionScopesChanged'>): Promise<void> {
    return this.tellPeople.run(event);
  }

  @OnEvent('ConnectionDisconnected')
  disconnected(event: MooringEvent<'ConnectionDisconnected'>): Promise<void> {
    return this.tellPeople.run(event);
  }
}
