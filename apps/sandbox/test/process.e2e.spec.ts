import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { createSandbox, readSettings, type Sandbox } from '../src/index.ts';
import { FacebookDriver } from './facebook-driver.ts';

const lines: string[] = [];
const sink = new Writable({
  write(chunk: Buffer, _encoding, done) {
    lines.push(chunk.toString());
    done();
  },
});

let sandbox: Sandbox;
let taken: Server;

beforeAll(async () => {
  sandbox = await createSandbox({ port: 0, logger: pino({ level: 'trace' }, sink) });
  taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await sandbox.close();
  taken.close();
});

it('A6: logs method, path and status, and no token, code or secret', async () => {
  const facebook = new FacebookDriver(sandbox.url);
  const [page] = await facebook.pageTokens(await facebook.longToken());
  await facebook.as(page!.access_token, 'POST', `${page!.id}/feed`, { message: 'Ahoy' });
  await fetch(`${sandbox.url}/graph.facebook.com/v25.0/me`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: page!.access_token,
  });
  const log = lines.join('');
  expect(log).toContain('"path":"/graph.facebook.com/v25.0/oauth/access_token"');
  expect(log).toContain('"status":400');
  const { markers } = (await facebook.control('GET', 'canaries')).body as { markers: string[] };
  for (const marker of markers) expect(log).not.toContain(marker);
});

it('shows fingerprints of tokens on the control page, never tokens', async () => {
  const facebook = new FacebookDriver(sandbox.url);
  await facebook.pageTokens(await facebook.longToken());
  const panel = await (await fetch(`${sandbox.url}/panel`)).text();
  expect(panel).toContain('class="good">valid');
  expect(panel).not.toContain('CANARY');
  expect(JSON.stringify((await facebook.control('GET', 'facebook')).body)).not.toContain('CANARY');
});

it('takes no control calls from pages of other sites, and says what is wrong with its own', async () => {
  const foreign = await fetch(`${sandbox.url}/control/reset`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'cross-site' },
  });
  expect(foreign.status).toBe(403);
  const facebook = new FacebookDriver(sandbox.url);
  const wrong = await facebook.control('PUT', 'facebook/fault', { kind: 'nonsense' });
  expect([wrong.status, wrong.body.error]).toEqual([400, expect.stringContaining('kind must be one of')]);
  expect((await facebook.control('POST', 'facebook/people/nobody/restore')).status).toBe(404);
});

it('refuses a port in use', async () => {
  const { port } = taken.address() as AddressInfo;
  await expect(createSandbox({ port, logger: pino({ level: 'silent' }) })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});

it('reads its settings and names the key of a bad one', () => {
  const settings = readSettings({
    PORT: '0',
    FACEBOOK_REDIRECT_URIS: 'http://127.0.0.1:1/a, http://127.0.0.1:1/b',
    SERVICE_CLIENT_SECRETS: '{"gateway":"CANARY-x"}',
  });
  expect(settings.port).toBe(0);
  expect(settings.apps.facebook?.redirectUris).toEqual(['http://127.0.0.1:1/a', 'http://127.0.0.1:1/b']);
  expect(settings.oidc.serviceClientSecrets).toMatchObject({ gateway: 'CANARY-x', publisher: expect.any(String) });
  expect(() => readSettings({ PORT: 'x' })).toThrow('PORT: must be');
  expect(() => readSettings({ SERVICE_CLIENT_SECRETS: '[]' })).toThrow('SERVICE_CLIENT_SECRETS: must be');
});
