import type { DurationMs, MooringEvent } from '@mooring/contracts';
import { decodeEvent } from '../cloud-event.ts';
import { DeadlineExceededError } from '../errors.ts';
import type { BusProducer, BusRecord, ReceivedRecord } from '../record.ts';
import type { ResolvedBusSettings } from '../settings.ts';
import { sleep, withinTime } from '../sleep.ts';
import { type Failure, failureOf } from './failure.ts';
import { deadLetterTopic, retryTopic } from './lanes.ts';
import { retryStateOf, withRetryState } from './retry-headers.ts';
import type { Slots } from './slots.ts';

const PUBLISH_RETRY_MS_MAX = 5_000;

/** A handler as the delivery calls it. */
export interface EventHandler {
  readonly deadlineMs: DurationMs | undefined;
  readonly handle: (event: MooringEvent, record: ReceivedRecord) => Promise<void>;
}

/** What the deliveries of a process have come to. */
export interface DeliveryCounters {
  handled: number;
  retried: number;
  deadLettered: number;
}

/** What a delivery is made of. */
export interface DeliveryOptions {
  readonly group: string;
  readonly settings: ResolvedBusSettings;
  readonly producer: BusProducer;
  readonly counters: DeliveryCounters;
  readonly handlerOf: (type: string) => EventHandler | undefined;
}

/** Brings one record to its handler and decides what follows: done, a retry lane, or the dead letters. */
export class Delivery {
  readonly #options: DeliveryOptions;
  readonly #stopping = new AbortController();

  constructor(options: DeliveryOptions) {
    this.#options = options;
  }

  /** Begins no further record; those that wait for their time are left to the next owner at once. */
  stopIntake(): void {
    this.#stopping.abort();
  }

  /** True when the record needs nothing more from this group; false when it was left because the process stops. */
  async process(record: ReceivedRecord, slots: Slots): Promise<boolean> {
    await sleep(retryStateOf(record).notBeforeMs - Date.now(), this.#stopping.signal);
    if (this.#stopping.signal.aborted) return false;
    await slots.acquire();
    let failure: Failure | undefined;
    try {
      if (this.#stopping.signal.aborted) return false;
      failure = await this.#handle(record);
    } finally {
      slots.release();
    }
    if (!failure) return true;
    return this.#divert(record, failure);
  }

  async #handle(record: ReceivedRecord): Promise<Failure | undefined> {
    const { settings, counters, handlerOf } = this.#options;
    let event: MooringEvent;
    try {
      event = decodeEvent(record);
    } catch (error) {
      return failureOf(error);
    }
    const handler = handlerOf(event.type);
    if (!handler) return undefined;
    const failure = await this.#tryQuickly(handler, event, record);
    if (failure) return failure;
    counters.handled += 1;
    await settings.faultPoint('bus.after-effect-before-offset');
    return undefined;
  }

  async #tryQuickly(handler: EventHandler, event: MooringEvent, record: ReceivedRecord): Promise<Failure | undefined> {
    const { handlerDeadlineMs, quickRetryDelaysMs } = this.#options.settings.bounds;
    const deadlineMs = handler.deadlineMs ?? handlerDeadlineMs;
    for (let attempt = 0; ; attempt += 1) {
      try {
        const late = (): Error => new DeadlineExceededError(`the handler took longer than ${deadlineMs} ms`);
        await withinTime(handler.handle(event, record), deadlineMs, late);
        return undefined;
      } catch (error) {
        const failure = failureOf(error);
        const delayMs = quickRetryDelaysMs[attempt];
        // What outlived its deadline may still be at work: a quick try would only queue up behind it.
        const isOver = failure.isPermanent || error instanceof DeadlineExceededError || delayMs === undefined;
        if (isOver || this.#stopping.signal.aborted) return failure;
        await sleep(delayMs, this.#stopping.signal);
      }
    }
  }

  /** Publishes the record to where its failure leads. Only being unable to may hold the partition up. */
  async #divert(record: ReceivedRecord, failure: Failure): Promise<boolean> {
    const { settings, counters, producer, group } = this.#options;
    const { target, isDead } = this.#targetOf(record, failure);
    const fields = { group, topic: record.topic, partition: record.partition, offset: String(record.offset) };
    const about = { ...fields, type: record.headers['ce_type'], id: record.headers['ce_id'], ...failure };
    for (let delayMs = 100; ; delayMs = Math.min(delayMs * 2, PUBLISH_RETRY_MS_MAX)) {
      try {
        await producer.send([target]);
        break;
      } catch (error) {
        settings.logger.warn(
          { ...about, target: target.topic, because: failureOf(error) },
          'cannot divert an event yet',
        );
        await sleep(delayMs, this.#stopping.signal);
        // A process that stops leaves it to the next owner, who handles the event again.
        if (this.#stopping.signal.aborted) return false;
      }
    }
    if (isDead) {
      counters.deadLettered += 1;
      settings.logger.error({ ...about, target: target.topic }, 'event became a dead letter');
    } else {
      counters.retried += 1;
      settings.logger.warn({ ...about, target: target.topic }, 'event will be tried again');
    }
    return true;
  }

  #targetOf(record: ReceivedRecord, failure: Failure): { target: BusRecord; isDead: boolean } {
    const { group, settings } = this.#options;
    const state = retryStateOf(record);
    const delayMs = settings.bounds.retryDelaysMs[state.attempt];
    const isDead = failure.isPermanent || delayMs === undefined;
    const topic = isDead
      ? deadLetterTopic(state.originalTopic, group)
      : retryTopic(state.originalTopic, group, delayMs);
    const next = isDead ? state : { ...state, attempt: state.attempt + 1, notBeforeMs: Date.now() + delayMs };
    const { key, keyBytes, value } = record;
    const headers = withRetryState(record.headers, next, failure);
    return { target: { topic, key, ...(keyBytes ? { keyBytes } : {}), value, headers }, isDead };
  }
}
