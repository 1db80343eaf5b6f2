import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret } from '@mooring/contracts';
import {
  type ClosablePlatformHttp,
  createPlatformHttp,
  type PlatformAdapter,
  type RawCallback,
} from '@mooring/adapters-core';
import { APP, SandboxProcess } from './sandbox-process.ts';

const XAVIER = '1460323737035677698';

let sandbox: SandboxProcess;
let http: ClosablePlatformHttp;
let adapter: PlatformAdapter;

beforeAll(async () => {
  sandbox = await SandboxProcess.start();
  http = createPlatformHttp({ origins: [sandbox.url] });
  adapter = sandbox.adapterAt(sandbox.url, http);
});
beforeEach(() => sandbox.control('POST', 'reset'));
afterAll(async () => {
  await http?.close();
  await sandbox?.stop();
});

describe('X’s news at the sandbox', () => {
  /** What the sandbox sends to an address of ours, or asks of it. */
  async function receive(path: string, body: object): Promise<RawCallback> {
    const received: RawCallback[] = [];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const headers = request.headers as Record<string, string | undefined>;
        received.push({ path: request.url ?? '', headers, body: Buffer.concat(chunks) });
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/x/events`;
      await sandbox.control('POST', path, { url, ...body });
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
    const [callback] = received;
    if (!callback) throw new Error('the sandbox sent nothing');
    return callback;
  }
  const notify = (body: object) => receive('x/people/xavier/notify', body);

  it.each(['oauth.revoke', 'user_event.revoke'])('B8 reads its %s', async (notice) => {
    const callback = await notify({ notice });
    expect(adapter.readPlatformCallback(callback)).toEqual([
      expect.objectContaining({ kind: 'deauthorized', subjectId: XAVIER }),
    ]);
  });

  it('B8 takes the same event twice for the same', async () => {
    const [first, second] = [await notify({}), await notify({ replayed: true })];
    const keyOf = (callback: RawCallback) => adapter.readPlatformCallback(callback)[0]?.deduplicationKey;
    expect(keyOf(second)).toBe(keyOf(first));
  });

  it.each([
    ['forged', { tampered: true }],
    ['old', { ageSeconds: 25 * 3_600 }],
    ['oversized', { padBytes: 300_000 }],
  ])('B8 refuses a %s event', async (_what, options) => {
    const callback = await notify(options);
    expect(() => adapter.readPlatformCallback(callback)).toThrow('the ');
  });

  it('B8 refuses an event about another app, where ours is known', async () => {
    const known = sandbox.adapterAt(sandbox.url, http, { appId: '29480001' });
    expect(known.readPlatformCallback(await notify({}))).toHaveLength(1);
    const callback = await notify({ appId: '1' });
    expect(() => known.readPlatformCallback(callback)).toThrow('another app');
  });

  it('passes its challenge with the secret that signs events', async () => {
    const { path } = await receive('x/crc', {});
    const query = Object.fromEntries(new URL(path, 'http://app.invalid').searchParams);
    const webhookSecret = new Secret(APP.clientSecret);
    const other = sandbox.adapterAt(sandbox.url, http, { webhookSecret: new Secret('another') });
    const same = sandbox.adapterAt(sandbox.url, http, { webhookSecret });
    expect(same.answerChallenge(query)).toEqual(adapter.answerChallenge(query));
    expect(other.answerChallenge(query)).not.toEqual(adapter.answerChallenge(query));
  });
});
