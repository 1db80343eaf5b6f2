import 'reflect-metadata';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type MooringEvent, newEvent } from '@mooring/contracts';
import {
  type CallHandler,
  Catch,
  Controller,
  type ExceptionFilter,
  type ExecutionContext,
  type INestApplication,
  Injectable,
  Module,
  type NestInterceptor,
} from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, NestFactory } from '@nestjs/core';
import { type Observable, of } from 'rxjs';
import { encodeEvent } from '../cloud-event.ts';
import { PermanentError } from '../errors.ts';
import type { BusRecord } from '../record.ts';
import { resolveBusSettings } from '../settings.ts';
import type { Delivery } from './delivery.ts';
import type { Lane } from './lanes.ts';
import { OnEvent } from './on-event.ts';
import { Slots } from './slots.ts';
import { BusStrategy } from './strategy.ts';

const calls: string[] = [];

@Controller()
class WorkspaceConsumer {
  @OnEvent('WorkspaceChanged', { deadlineMs: 50 })
  async change(event: MooringEvent<'WorkspaceChanged'>): Promise<void> {
    calls.push(`change ${event.data.version}`);
    if (event.data.version === 13) throw new PermanentError('not thirteen');
    if (event.data.version === 50) await new Promise(() => undefined);
  }
}

/** What a process has for its HTTP side: it must not swallow what a handler throws. */
@Catch()
class SwallowingFilter implements ExceptionFilter {
  catch(): Observable<string> {
    calls.push('swallowed');
    return of('swallowed');
  }
}

@Injectable()
class CountingInterceptor implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    calls.push('intercepted');
    return next.handle();
  }
}

@Module({
  controllers: [WorkspaceConsumer],
  providers: [
    { provide: APP_FILTER, useClass: SwallowingFilter },
    { provide: APP_INTERCEPTOR, useClass: CountingInterceptor },
  ],
})
class ServiceModule {}

const recordOf = (version: number): BusRecord => {
  const data = { workspaceId: 'w', hubId: 'h', name: 'n', plan: 'free', timeZone: 'UTC', version } as const;
  const about = { subject: 'w', workspaceId: 'w', key: 'w', time: new Date(0) };
  return encodeEvent(newEvent({ type: 'WorkspaceChanged', service: 'gateway', ...about, data }));
};

describe('BusStrategy in a hybrid Nest application', () => {
  let app: INestApplication | undefined;
  afterEach(async () => {
    calls.splice(0);
    await app?.close();
  });

  async function start() {
    const lanes: Lane[] = [];
    const sent: BusRecord[] = [];
    const steps: string[] = [];
    let delivery: Delivery | undefined;
    const strategy = new BusStrategy({
      group: 'gateway',
      settings: resolveBusSettings({ kafkaBrokers: ['127.0.0.1:1'], clientId: 'spec' }),
      counters: { handled: 0, retried: 0, deadLettered: 0 },
      producer: {
        connect: () => Promise.resolve(),
        close: () => Promise.resolve(),
        send: (records) => Promise.resolve(void sent.push(...records)),
      },
      newLaneConsumer: (lane, ofLane) => {
        lanes.push(lane);
        delivery = ofLane;
        const stats = { lane: lane.name, group: lane.group, connected: false, partitions: 0, handlersInFlight: 0 };
        return {
          start: () => void steps.push('start'),
          stopIntake: () => void steps.push('stop intake'),
          stop: () => Promise.resolve(void steps.push('stop')),
          stats: () => ({ ...stats, recordsInFlight: 0, lag: 0, supervisorSilentMs: 0, restarts: 0 }),
        };
      },
    });
    app = await NestFactory.create(ServiceModule, { logger: false });
    app.connectMicroservice({ strategy }, { inheritAppConfig: true });
    await app.startAllMicroservices();
    const deliver = (version: number) =>
      delivery?.process({ ...recordOf(version), partition: 0, offset: 1n }, new Slots(1));
    return { lanes, sent, steps, strategy, deliver };
  }

  it('subscribes one consumer per lane to the topics of the handled types, without waiting for the bus', async () => {
    const { lanes, steps, strategy } = await start();
    expect(lanes.map(({ name, topics }) => [name, topics])).toEqual([
      ['main', ['mooring.workspaces.v1']],
      ['retry.10s', ['mooring.workspaces.v1.gateway.retry.10s']],
      ['retry.1m', ['mooring.workspaces.v1.gateway.retry.1m']],
      ['retry.10m', ['mooring.workspaces.v1.gateway.retry.10m']],
    ]);
    expect(steps).toEqual(['start', 'start', 'start', 'start']);
    expect(strategy.stats()).toHaveLength(4);
  });

  it('runs global interceptors around handlers and gets the original error in spite of a global filter', async () => {
    const { deliver, sent } = await start();
    expect(await deliver(1)).toBe(true);
    expect(await deliver(13)).toBe(true);
    expect(calls).toEqual(['intercepted', 'change 1', 'intercepted', 'change 13']);
    expect(sent.map(({ topic, headers }) => [topic, headers['mooring_error_class']])).toEqual([
      ['mooring.workspaces.v1.gateway.dlq', 'PermanentError'],
    ]);
  });

  it('keeps to the deadline that @OnEvent gives', async () => {
    const { deliver, sent } = await start();
    await deliver(50);
    expect(sent[0]?.headers['mooring_error_class']).toBe('DeadlineExceededError');
  });

  it('stops its intake before it waits for its lanes, and stops once', async () => {
    const { steps, strategy } = await start();
    await app?.close();
    await strategy.close();
    expect(steps.slice(4)).toEqual([...Array<string>(4).fill('stop intake'), ...Array<string>(4).fill('stop')]);
  });

  it('refuses to start with a handler for a type that no topic carries', async () => {
    const { strategy } = await start();
    strategy.addHandler('NeverHeardOf', () => Promise.resolve(), true);
    const answers: unknown[] = [];
    strategy.listen((error) => answers.push(error));
    expect(answers).toEqual([expect.objectContaining({ message: expect.stringContaining('NeverHeardOf') })]);
  });
});
