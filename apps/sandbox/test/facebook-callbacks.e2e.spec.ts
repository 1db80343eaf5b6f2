import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Sandbox } from '../src/index.ts';
import { APP_SECRET, FacebookDriver, startSandbox } from './facebook-driver.ts';

const received: { headers: IncomingHttpHeaders; body: string }[] = [];

let sandbox: Sandbox;
let facebook: FacebookDriver;
let receiver: Server;
let url: string;

beforeAll(async () => {
  sandbox = await startSandbox();
  facebook = new FacebookDriver(sandbox.url);
  receiver = createServer((req, res) => {
    let body = '';
    req.on('data', (chunk: Buffer) => (body += chunk.toString()));
    req.on('end', () => {
      received.push({ headers: req.headers, body });
      res.end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/webhooks/facebook/x`;
});
beforeEach(() => {
  received.length = 0;
  return facebook.control('POST', 'reset');
});
afterAll(async () => {
  receiver.close();
  receiver.closeAllConnections();
  await sandbox.close();
});

it('deauthorize: posts a signed request and cuts the person off', async () => {
  const user = await facebook.longToken();
  const result = await facebook.control('POST', 'facebook/people/fiona/deauthorize', { url });
  expect(result.body).toEqual({ callbackStatus: 200 });
  const signed = new URLSearchParams(received[0]?.body).get('signed_request') ?? '';
  const [signature, payload = ''] = signed.split('.');
  expect(signature).toBe(createHmac('sha256', APP_SECRET).update(payload).digest('base64url'));
  expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
    algorithm: 'HMAC-SHA256',
    user_id: '10150000000000001',
  });
  expect((await facebook.debug(user)).error.subcode).toBe(458);
});

it('deauthorize: may be tampered with, may remove nothing, and says when nobody answers', async () => {
  const user = await facebook.longToken();
  await facebook.control('POST', 'facebook/people/fiona/deauthorize', { url, tampered: true, removes: false });
  const [signature, payload = ''] = (new URLSearchParams(received[0]?.body).get('signed_request') ?? '').split('.');
  expect(signature).not.toBe(createHmac('sha256', APP_SECRET).update(payload).digest('base64url'));
  expect((await facebook.debug(user)).is_valid).toBe(true);
  const nowhere = await facebook.control('POST', 'facebook/people/fiona/deauthorize');
  expect(nowhere.body).toEqual({ callbackStatus: null, error: 'no address' });
});

it('permissions webhook: signed over the bytes on the wire, with and without values', async () => {
  const path = 'facebook/people/fiona/permissions-webhook';
  await facebook.control('POST', path, { url });
  await facebook.control('POST', path, { url, field: 'instagram_basic', verb: 'revoked' });
  const [plain, valued] = received;
  const expected = createHmac('sha256', APP_SECRET).update(plain!.body).digest('hex');
  expect(plain!.headers['x-hub-signature-256']).toBe(`sha256=${expected}`);
  expect(JSON.parse(plain!.body)).toMatchObject({
    object: 'permissions',
    entry: [{ uid: '10150000000000001', changed_fields: ['connected'] }],
  });
  expect(JSON.parse(valued!.body).entry[0].changes).toEqual([
    { field: 'instagram_basic', value: { verb: 'revoked', target_ids: null } },
  ]);
});
