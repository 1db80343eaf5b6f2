import type { BusKind } from './bus.ts';
import type { LaneConsumerFactory } from './consume/lane-consumer.ts';
import type { BusProducer } from './record.ts';

/** What a transport has to bring; everything else is the same on both. */
export interface BusTransport {
  readonly kind: BusKind;
  readonly producer: BusProducer;
  readonly newLaneConsumer: LaneConsumerFactory;
  close(): Promise<void>;
}
