import 'reflect-metadata';
import type { EventType, MooringEvent } from '@mooring/contracts';
import {
  type BusSettings,
  type BusStats,
  createBus,
  type EventContext,
  type FaultPoint,
  OnEvent,
  type OnEventOptions,
} from '../../src/index.ts';
import { Controller, type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, Payload } from '@nestjs/microservices';
import { type BusAddress, TEST_BOUNDS } from './harness.ts';

/** A handler as scenarios write it. */
export type Handle = (event: MooringEvent, context: EventContext) => Promise<void>;

/** What a member of a group is. */
export interface MemberOptions {
  readonly address: BusAddress;
  readonly group: string;
  readonly handlers: Partial<Record<EventType, Handle>>;
  readonly deadlineMs?: number;
  readonly faultPoint?: FaultPoint;
  readonly bounds?: BusSettings['bounds'];
}

/** A running service, consuming exactly as the real ones do. */
export interface Member {
  stats(): BusStats;
  /** Resolves when the main lane owns partitions. */
  joined(): Promise<void>;
  /** Stops it gracefully, in Nest's order. */
  close(): Promise<void>;
}

/** Starts a Nest application whose controller handles the given types. */
export async function startMember(options: MemberOptions): Promise<Member> {
  const bus = createBus({
    ...options.address,
    clientId: `suite-${options.group}`,
    bounds: { ...TEST_BOUNDS, ...options.bounds },
    ...(options.faultPoint ? { faultPoint: options.faultPoint } : {}),
  });
  const strategy = bus.strategy({ group: options.group });
  const app: INestApplication = await NestFactory.create(moduleOf(options), { logger: false });
  app.connectMicroservice({ strategy }, { inheritAppConfig: true });
  await app.startAllMicroservices();
  await app.init();
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    strategy.stopIntake();
    await app.close();
    await bus.close();
  };
  return {
    stats: () => bus.stats(),
    joined: () =>
      until(() => bus.stats().lanes.some(({ lane, partitions }) => lane === 'main' && partitions > 0), 20_000),
    close: () => (closing ??= close()),
  };
}

function moduleOf({ handlers, deadlineMs }: MemberOptions): new () => object {
  class Consumer {}
  const proto = Consumer.prototype as Record<string, Handle>;
  const options: OnEventOptions = deadlineMs === undefined ? {} : { deadlineMs };
  for (const [type, handle] of Object.entries(handlers) as [EventType, Handle][]) {
    const name = `on${type}`;
    const value: Handle = (event, context) => handle(event, context);
    const descriptor = { value, configurable: true, writable: true };
    Object.defineProperty(proto, name, descriptor);
    Payload()(proto, name, 0);
    Ctx()(proto, name, 1);
    OnEvent(type, options)(proto, name, descriptor);
  }
  Controller()(Consumer);
  class Suite {}
  Module({ controllers: [Consumer] })(Suite);
  return Suite;
}

/** Waits for a condition; rejects with what was waited for after `ms`. */
export async function until(condition: () => boolean | Promise<boolean>, ms: number, what = ''): Promise<void> {
  const endMs = performance.now() + ms;
  while (!(await condition())) {
    if (performance.now() > endMs) throw new Error(`not within ${ms} ms: ${what || condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
