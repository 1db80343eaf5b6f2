import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { ClockControl } from '../clock-port.ts';
import { Metrics } from '../metrics.ts';
import { Loops } from './loops.ts';
import { createOperationsServer, type OperationsState } from './operations-server.ts';
import { Readiness } from './readiness.ts';

const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

async function serve(state: Partial<OperationsState>): Promise<string> {
  const server = createOperationsServer({
    metrics: new Metrics(),
    loops: new Loops(),
    readiness: () => undefined,
    startup: () => undefined,
    draining: () => false,
    clockControl: undefined,
    ...state,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function get(url: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(url);
  return { status: response.status, body: await response.json() };
}

describe('/livez', () => {
  it('D-07 fails when a registered loop makes no progress, and for nothing else', async () => {
    let now = 0;
    const loops = new Loops(() => now);
    const database = new Readiness({ database: () => Promise.reject(new Error('down')) });
    await database.pingAll();
    const url = await serve({ loops, readiness: () => database, draining: () => true });
    const relay = loops.register('relay', 1_000);
    expect(await get(`${url}/livez`)).toMatchObject({ status: 200 });
    now = 1_001;
    expect(await get(`${url}/livez`)).toEqual({ status: 503, body: { ok: false, stuckLoops: ['relay'] } });
    relay.beat();
    expect(await get(`${url}/livez`)).toMatchObject({ status: 200 });
    now = 5_000;
    relay.end();
    expect(await get(`${url}/livez`)).toMatchObject({ status: 200 });
  });
});

describe('/readyz', () => {
  it('D-07 says which check fails, after three failed pings, and is back after one good one', async () => {
    let up = true;
    const readiness = new Readiness({
      database: () => (up ? Promise.resolve() : Promise.reject(new Error('postgres://canary'))),
    });
    const url = await serve({ readiness: () => readiness });
    expect(await get(`${url}/readyz`)).toMatchObject({
      status: 503,
      body: { checks: { database: { ok: false, reason: 'not yet checked' } } },
    });
    await readiness.pingAll();
    expect(await get(`${url}/readyz`)).toMatchObject({ status: 200 });
    up = false;
    await readiness.pingAll();
    await readiness.pingAll();
    expect(await get(`${url}/readyz`)).toMatchObject({ status: 200 });
    await readiness.pingAll();
    const failing = await get(`${url}/readyz`);
    expect(failing).toMatchObject({
      status: 503,
      body: { ok: false, checks: { database: { failures: 3, reason: 'failed' } } },
    });
    expect(JSON.stringify(failing)).not.toContain('canary');
    up = true;
    await readiness.pingAll();
    expect(await get(`${url}/readyz`)).toMatchObject({ status: 200 });
  });

  it('counts a ping that hangs as failed', async () => {
    const readiness = new Readiness({ database: () => new Promise(() => undefined) }, { timeoutMs: 5 });
    await readiness.pingAll();
    expect(readiness.results()).toEqual({ database: { ok: false, failures: 1, reason: 'timed out' } });
  });

  it('is off while draining', async () => {
    const readiness = new Readiness({});
    const url = await serve({ readiness: () => readiness, draining: () => true });
    expect(await get(`${url}/readyz`)).toMatchObject({ status: 503, body: { draining: true } });
  });
});

describe('/startupz', () => {
  it('fails before boot is over and while the schema is older than expected', async () => {
    let current = false;
    let checks: OperationsState['startup'] = () => undefined;
    const url = await serve({ startup: () => checks() });
    expect(await get(`${url}/startupz`)).toEqual({ status: 503, body: { ok: false, failing: ['boot'] } });
    checks = () => ({ schema: () => (current ? Promise.resolve() : Promise.reject(new Error('old'))) });
    expect(await get(`${url}/startupz`)).toEqual({ status: 503, body: { ok: false, failing: ['schema'] } });
    current = true;
    expect(await get(`${url}/startupz`)).toEqual({ status: 200, body: { ok: true, failing: [] } });
  });
});

describe('/metrics', () => {
  it("tells the process's own metrics and the service's", async () => {
    const metrics = new Metrics();
    metrics.collectProcessMetrics('test');
    metrics.counter({ name: 'mooring_test_total', help: 'Test.', labels: ['result'] }).inc({ result: 'good' });
    metrics.counter({ name: 'mooring_test_total', help: 'Test.', labels: ['result'] }).inc({ result: 'good' });
    const text = await (await fetch(`${await serve({ metrics })}/metrics`)).text();
    expect(text).toContain('mooring_test_total{result="good",service="test"} 2');
    expect(text).toContain('nodejs_eventloop_lag_seconds');
  });
});

describe('/testing/clock', () => {
  const move = (url: string, body: string) => fetch(`${url}/testing/clock`, { method: 'POST', body });

  it('does not exist where there is no movable clock', async () => {
    expect((await move(await serve({}), '{"offsetMs":5}')).status).toBe(404);
  });

  it('moves the clock by whole milliseconds', async () => {
    let offsetMs = 0;
    const clockControl: ClockControl = {
      get offsetMs() {
        return offsetMs;
      },
      setOffset: (next) => {
        offsetMs = next;
        return Promise.resolve();
      },
      onMove: () => undefined,
      loadFrom: () => Promise.resolve(),
    };
    const url = await serve({ clockControl });
    expect(await (await move(url, '{"offsetMs":86400000}')).json()).toEqual({ offsetMs: 86_400_000 });
    expect((await move(url, '{"offsetMs":"1"}')).status).toBe(400);
    expect((await move(url, 'x'.repeat(5_000))).status).toBe(500);
    expect(offsetMs).toBe(86_400_000);
  });
});
