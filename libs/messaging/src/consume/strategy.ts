import { type EventType, isEventType, type MooringEvent } from '@mooring/contracts';
import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import type { BusProducer, ReceivedRecord } from '../record.ts';
import type { ResolvedBusSettings } from '../settings.ts';
import { Delivery, type DeliveryCounters, type EventHandler } from './delivery.ts';
import { EventContext } from './event-context.ts';
import type { LaneConsumer, LaneConsumerFactory, LaneStats } from './lane-consumer.ts';
import { lanesOf } from './lanes.ts';

/** What a strategy is made of; `Bus.strategy()` makes them. */
export interface BusStrategyParts {
  readonly group: string;
  readonly settings: ResolvedBusSettings;
  readonly producer: BusProducer;
  readonly counters: DeliveryCounters;
  readonly newLaneConsumer: LaneConsumerFactory;
}

/** Nest's transport for events: subscribes to the topics that carry the handled types, one consumer per lane. */
export class BusStrategy extends Server implements CustomTransportStrategy {
  /** Errors are the delivery's to report: Nest logs none of its own. */
  override readonly propagatesEventHandlerErrors = true;
  readonly #parts: BusStrategyParts;
  #delivery: Delivery | undefined;
  #lanes: LaneConsumer[] = [];
  #closing: Promise<void> | undefined;

  constructor(parts: BusStrategyParts) {
    super();
    this.#parts = parts;
  }

  /** Answers Nest at once and connects in the background: a process must start while the bus is away. */
  listen(callback: (error?: unknown) => void): void {
    const types = [...this.messageHandlers.keys()];
    const unknown = types.filter((type) => !isEventType(type));
    if (unknown.length > 0) {
      callback(new RangeError(`handlers for unknown event types: ${unknown.join(', ')}`));
      return;
    }
    const { group, settings, producer, counters, newLaneConsumer } = this.#parts;
    const delivery = new Delivery({ group, settings, producer, counters, handlerOf: (type) => this.#handlerOf(type) });
    this.#delivery = delivery;
    if (types.length > 0) {
      const lanes = lanesOf({ group, types: types as EventType[] }, settings.bounds.retryDelaysMs);
      this.#lanes = lanes.map((lane) => newLaneConsumer(lane, delivery));
      this.#lanes.forEach((lane) => lane.start());
    }
    callback();
  }

  /** First step of stopping (`beforeApplicationShutdown`): nothing more is taken from the bus. */
  stopIntake(): void {
    this.#delivery?.stopIntake();
    this.#lanes.forEach((lane) => lane.stopIntake());
  }

  /** Waits for handlers at work, commits, leaves the groups. Handlers' database and the producer must still be open. */
  async close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  stats(): LaneStats[] {
    return this.#lanes.map((lane) => lane.stats());
  }

  on(): never {
    throw new Error('the bus has no transport events; see stats()');
  }

  unwrap<T>(): T {
    return this.#lanes as T;
  }

  async #close(): Promise<void> {
    this.stopIntake();
    await Promise.all(this.#lanes.map((lane) => lane.stop(this.#parts.settings.bounds.drainTimeoutMs)));
  }

  #handlerOf(type: string): EventHandler | undefined {
    const handler = this.messageHandlers.get(type);
    if (!handler) return undefined;
    return {
      deadlineMs: longestDeadlineOf(handler),
      handle: (event, record) => this.#call(handler, event, record),
    };
  }

  async #call(handler: MessageHandler, event: MooringEvent, record: ReceivedRecord): Promise<void> {
    const context = new EventContext([event, record]);
    // Nest types the hook as returning nothing; it returns what its callback returns, and that must be awaited.
    await (this.runWithProcessingHooks(context, async (runEndHook) => {
      const result: unknown = await handler(event, context);
      if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
      runEndHook();
    }) as unknown as Promise<void>);
  }
}

/** Several methods may handle one type; the chain has the time of its slowest. */
function longestDeadlineOf(head: MessageHandler): number | undefined {
  let longest: number | undefined;
  for (let handler: MessageHandler | undefined = head; handler; handler = handler.next as MessageHandler | undefined) {
    const deadlineMs: unknown = handler.extras?.['deadlineMs'];
    if (typeof deadlineMs === 'number') longest = Math.max(longest ?? 0, deadlineMs);
  }
  return longest;
}
