import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import { Public } from '../auth/decorators.ts';
import { startTestIssuer, type TestIssuer } from '../test-tools/test-issuer.ts';
import { testSettings } from '../test-tools/test-settings.ts';
import type { RunningService } from './service-options.ts';
import { startService } from './start-service.ts';

let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await startTestIssuer();
});
afterAll(() => issuer.stop());

describe('stopping', () => {
  const started: RunningService[] = [];
  afterEach(() => Promise.all(started.splice(0).map((running) => running.stop())));

  it('finishes the request in flight, takes no new one, and then lets go of everything', async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const order: string[] = [];
    @Controller()
    class SlowController {
      @Public()
      @Get('slow')
      async slow() {
        order.push('request begins');
        await gate;
        return { done: true };
      }
    }
    @Module({ controllers: [SlowController] })
    class SlowModule {
      onApplicationShutdown(): void {
        order.push('application closes');
      }
    }
    const own = await startService({
      name: 'slow',
      settings: testSettings(issuer.trusted(), { LOG_LEVEL: 'silent' }),
      module: ({ shutdown }) => {
        shutdown.register('intake', 'spy', () => void order.push('intake'));
        shutdown.register('relay', 'spy', () => void order.push('relay'));
        shutdown.register('producer', 'spy', () => void order.push('producer'));
        return SlowModule;
      },
      listen: [{ name: 'http', host: '127.0.0.1', port: 0 }],
    });
    started.push(own);
    const target = `http://127.0.0.1:${own.ports['http']}/slow`;
    const answer = fetch(target).then((response) => response.json());
    for (let turn = 0; order.length === 0 && turn < 2000; turn += 1)
      await new Promise((resolve) => setImmediate(resolve));
    const stopped = own.stop();
    expect(await (await fetch(`http://127.0.0.1:${own.operationsPort}/readyz`)).json()).toMatchObject({
      draining: true,
    });
    await expect(connects(target)).resolves.toBe(false);
    order.push('released');
    release();
    await expect(answer).resolves.toEqual({ done: true });
    await expect(stopped).resolves.toEqual({ unfinished: [] });
    expect(order).toEqual(['request begins', 'intake', 'released', 'relay', 'producer', 'application closes']);
  });

  it('is not held up by a connection that never sent a request', async () => {
    @Module({})
    class QuietModule {}
    const own = await startService({
      name: 'quiet',
      settings: testSettings(issuer.trusted(), { LOG_LEVEL: 'silent', DRAIN_DEADLINE_MS: 1_000 }),
      module: () => QuietModule,
      listen: [{ name: 'http', host: '127.0.0.1', port: 0 }],
    });
    started.push(own);
    const spare = connect(own.ports['http'] ?? 0, '127.0.0.1');
    await once(spare, 'connect');
    const closed = once(spare, 'close');
    // The server has accepted it once it answers somebody who came later.
    await fetch(`http://127.0.0.1:${own.ports['http']}/`);
    await expect(own.stop()).resolves.toEqual({ unfinished: [] });
    await closed;
  });

  it('closes transports of events once, in the phase intake', async () => {
    const order: string[] = [];
    class SpyTransport extends Server implements CustomTransportStrategy {
      listen(callback: () => void): void {
        order.push('listens');
        callback();
      }
      async close(): Promise<void> {
        order.push('leaves');
        await Promise.resolve();
      }
      on(): void {}
      unwrap<T>(): T {
        throw new Error('nothing beneath');
      }
    }
    const own = await startService({
      name: 'events',
      settings: testSettings(issuer.trusted(), { LOG_LEVEL: 'silent' }),
      module: ({ shutdown }) => {
        shutdown.register('drain', 'spy', () => void order.push('drain'));
        return OnePortModule;
      },
      listen: [{ name: 'http', host: '127.0.0.1', port: 0 }],
      strategies: () => [new SpyTransport()],
    });
    await expect(own.stop()).resolves.toEqual({ unfinished: [] });
    expect(order).toEqual(['listens', 'leaves', 'drain']);
  });

  it('answers 405 with Allow where the only port has the address with another method', async () => {
    const own = await startService({
      name: 'one-port',
      settings: testSettings(issuer.trusted(), { LOG_LEVEL: 'silent' }),
      module: () => OnePortModule,
      listen: [{ name: 'http', host: '127.0.0.1', port: 0 }],
    });
    started.push(own);
    const response = await fetch(`http://127.0.0.1:${own.ports['http']}/only`, { method: 'DELETE' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET');
    expect((await fetch(`http://127.0.0.1:${own.ports['http']}/none`, { method: 'DELETE' })).status).toBe(404);
  });
});

@Controller()
class OnePortController {
  @Public()
  @Get('only')
  only() {
    return {};
  }
}

@Module({ controllers: [OnePortController] })
class OnePortModule {}

function connects(target: string): Promise<boolean> {
  return new Promise((resolve) => {
    const attempt = httpRequest(target, { agent: false }, () => resolve(true));
    attempt.on('error', () => resolve(false));
    attempt.end();
  });
}
