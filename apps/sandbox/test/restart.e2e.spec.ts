import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sandbox } from '../src/index.ts';
import { FacebookDriver, startSandbox } from './facebook-driver.ts';
import { InstagramDriver } from './instagram-driver.ts';

let dataDir: string;
let sandbox: Sandbox | undefined;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'mooring-sandbox-'));
});
afterEach(async () => {
  await sandbox?.close();
  rmSync(dataDir, { recursive: true });
});

it('remembers every platform’s tokens, consents and switches over a restart', async () => {
  sandbox = await startSandbox({ dataDir });
  const page = await new FacebookDriver(sandbox.url).longToken();
  const access_token = await new InstagramDriver(sandbox.url).longToken();
  await new FacebookDriver(sandbox.url).control('PUT', 'instagram/switches', { meAnswer: 'wrapped' });
  await sandbox.close();
  sandbox = await startSandbox({ dataDir });
  expect((await new FacebookDriver(sandbox.url).as(page, 'GET', 'me')).status).toBe(200);
  const me = await new InstagramDriver(sandbox.url).graph('v25.0/me', { access_token });
  expect(me.body.data).toEqual([{ id: '24500490000000001' }]);
  await new FacebookDriver(sandbox.url).control('POST', 'reset');
  expect((await new InstagramDriver(sandbox.url).graph('v25.0/me', { access_token })).body.error.code).toBe(190);
});
