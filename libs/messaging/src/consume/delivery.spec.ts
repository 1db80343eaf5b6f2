import { describe, expect, it } from '@jest/globals';
import { newEvent } from '@mooring/contracts';
import { encodeEvent } from '../cloud-event.ts';
import { BusUnavailableError, PermanentError } from '../errors.ts';
import type { BusRecord, ReceivedRecord } from '../record.ts';
import { resolveBusSettings } from '../settings.ts';
import { Delivery, type EventHandler } from './delivery.ts';
import { Slots } from './slots.ts';

const data = { workspaceId: 'w', hubId: 'h', name: 'n', plan: 'free', timeZone: 'UTC', version: 1 } as const;
const about = { subject: 'w', workspaceId: 'w', key: 'w', time: new Date(0) };
const event = newEvent({ type: 'WorkspaceChanged', service: 'gateway', ...about, data });
const received = (change: Partial<ReceivedRecord> = {}): ReceivedRecord => ({
  ...encodeEvent(event),
  partition: 2,
  offset: 7n,
  ...change,
});

function deliveryWith(handle: EventHandler['handle'], options: { sendFailures?: number; deadlineMs?: number } = {}) {
  const sent: BusRecord[] = [];
  const points: string[] = [];
  let failures = options.sendFailures ?? 0;
  const delivery = new Delivery({
    group: 'g',
    counters: { handled: 0, retried: 0, deadLettered: 0 },
    settings: resolveBusSettings({
      busDatabaseUrl: 'postgres://unused',
      clientId: 'spec',
      faultPoint: (name) => void points.push(name),
      bounds: { quickRetryDelaysMs: [1, 1], retryDelaysMs: [50, 100] },
    }),
    producer: {
      connect: () => Promise.resolve(),
      close: () => Promise.resolve(),
      send: (records) => {
        if (failures-- > 0) return Promise.reject(new BusUnavailableError('away'));
        sent.push(...records);
        return Promise.resolve();
      },
    },
    handlerOf: (type) => (type === 'WorkspaceChanged' ? { deadlineMs: options.deadlineMs, handle } : undefined),
  });
  const process = (record = received()): Promise<boolean> => delivery.process(record, new Slots(1));
  return { delivery, process, sent, points };
}

describe('Delivery', () => {
  it('hands the decoded event to its handler and passes the fault point before the offset', async () => {
    const seen: unknown[] = [];
    const { process, sent, points } = deliveryWith((handed) => Promise.resolve(void seen.push(handed)));
    expect(await process()).toBe(true);
    expect(seen).toEqual([event]);
    expect([sent, points]).toEqual([[], ['bus.after-effect-before-offset']]);
  });

  it('tries a transient failure quickly before it diverts it to the first retry lane', async () => {
    let calls = 0;
    const { process, sent } = deliveryWith(() => Promise.reject(new Error(`try ${(calls += 1)}`)));
    expect(await process()).toBe(true);
    expect(calls).toBe(3);
    const [retry] = sent;
    expect(retry).toMatchObject({ topic: 'mooring.workspaces.v1.g.retry.50ms', key: 'w', value: received().value });
    expect(retry?.headers).toMatchObject({
      ...received().headers,
      mooring_attempt: '1',
      mooring_original_topic: 'mooring.workspaces.v1',
      mooring_original_partition: '2',
      mooring_original_offset: '7',
      mooring_error_class: 'Error',
      mooring_error_message: 'try 3',
    });
  });

  it('replaces the headers of the lane before, and after the last lane makes a dead letter', async () => {
    const { process, sent } = deliveryWith(() => Promise.reject(new Error('still')));
    await process();
    await process({ ...received(), ...sent[0], offset: 90n });
    await process({ ...received(), ...sent[1], offset: 91n });
    expect(sent.map(({ topic }) => topic.slice('mooring.workspaces.v1.'.length))).toEqual([
      'g.retry.50ms',
      'g.retry.100ms',
      'g.dlq',
    ]);
    expect(sent[2]?.headers).toMatchObject({ mooring_attempt: '2', mooring_original_offset: '7' });
    expect(Object.keys(sent[2]?.headers ?? {})).toEqual(Object.keys(sent[0]?.headers ?? {}));
  });

  it('makes a dead letter of a permanent failure at once', async () => {
    let calls = 0;
    const { process, sent } = deliveryWith(() => Promise.reject(new PermanentError(`never ${(calls += 1)}`)));
    expect(await process()).toBe(true);
    expect([calls, sent.map(({ topic }) => topic)]).toEqual([1, ['mooring.workspaces.v1.g.dlq']]);
  });

  it('gives a handler up at its deadline and does not try it again quickly', async () => {
    let calls = 0;
    const handle = (): Promise<void> => new Promise(() => void (calls += 1));
    const { process, sent } = deliveryWith(handle, { deadlineMs: 20 });
    await process();
    expect([calls, sent[0]?.headers['mooring_error_class']]).toEqual([1, 'DeadlineExceededError']);
  });

  it('holds a record that it can neither handle nor divert until the bus takes it', async () => {
    const { process, sent } = deliveryWith(() => Promise.reject(new PermanentError('no')), { sendFailures: 2 });
    expect(await process()).toBe(true);
    expect(sent).toHaveLength(1);
  });

  it('leaves a record that cannot be diverted to the next owner when the process stops', async () => {
    const { delivery, process, sent } = deliveryWith(() => Promise.reject(new PermanentError('no')), {
      sendFailures: 99,
    });
    const outcome = process();
    setTimeout(() => delivery.stopIntake(), 20);
    expect([await outcome, sent]).toEqual([false, []]);
  });

  it('passes over a known type without a handler', async () => {
    const removed = { type: 'MemberRemoved', service: 'gateway', ...about } as const;
    const other = newEvent({ ...removed, data: { workspaceId: 'w', subject: 's', version: 1 } });
    const { process, sent } = deliveryWith(() => Promise.reject(new Error('not this one')));
    expect([await process({ ...received(), ...encodeEvent(other) }), sent]).toEqual([true, []]);
  });

  it('leaves a record that is not yet due to the next owner when the process stops', async () => {
    const { delivery, process, sent } = deliveryWith(() => Promise.resolve());
    const headers = { ...received().headers, mooring_not_before: new Date(Date.now() + 60_000).toISOString() };
    const outcome = process(received({ headers }));
    delivery.stopIntake();
    expect([await outcome, sent]).toEqual([false, []]);
  });
});
