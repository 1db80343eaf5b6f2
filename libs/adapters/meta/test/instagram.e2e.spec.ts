import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { days, hours, Secret } from '@mooring/contracts';
import {
  type ClosablePlatformHttp,
  createPlatformHttp,
  type PlatformAdapter,
  type RawCallback,
} from '@mooring/adapters-core';
import { SandboxProcess } from './sandbox-process.ts';

const MIRA = { subjectId: '24500000000000003', accountId: '17841400000020777', kind: 'instagram_account' };

let sandbox: SandboxProcess;
let http: ClosablePlatformHttp;
let adapter: PlatformAdapter;

beforeAll(async () => {
  sandbox = await SandboxProcess.start();
  http = createPlatformHttp({ origins: [sandbox.url] });
  adapter = sandbox.instagramAt(sandbox.url, http);
});
beforeEach(() => sandbox.control('POST', 'reset'));
afterAll(async () => {
  await http?.close();
  await sandbox?.stop();
});

async function connect(person = 'mira') {
  const consent = await adapter.establish(await sandbox.instagramConsent(http, person));
  const { accountId, kind } = MIRA;
  const token = consent.tokens.access.value;
  return { consent, token, inspect: () => adapter.inspect({ token, account: { accountId, kind } }) };
}

/** As if a day had passed at Instagram and here. */
async function aDayLater(consent: Awaited<ReturnType<typeof connect>>['consent']) {
  await sandbox.control('POST', 'clock', { offsetMs: hours(25) });
  const { access } = consent.tokens;
  return { refresh: null, access: { ...access, issuedAt: new Date(Date.now() - hours(25)) } };
}

describe('Instagram at the sandbox', () => {
  it.each([
    { tokenAnswer: 'flat', meAnswer: 'flat' },
    { tokenAnswer: 'documented', meAnswer: 'wrapped' },
  ])('L-05 a consent lasts sixty days and offers the account, in the shapes %j', async (switches) => {
    await sandbox.control('PUT', 'instagram/switches', switches);
    const { consent, inspect } = await connect();
    expect(consent).toMatchObject({ subjectId: MIRA.subjectId, subjectName: 'Mira Paints' });
    const lifeMs = (consent.tokens.access.expiresAt?.getTime() ?? 0) - Date.now();
    expect(lifeMs / days(1)).toBeCloseTo(60, 0);
    const [account, ...others] = await adapter.discover(consent);
    expect(others).toEqual([]);
    expect(account?.offered).toMatchObject({ accountId: MIRA.accountId, username: 'mira.paints', selectable: true });
    expect(await inspect()).toMatchObject({ alive: true });
  });

  it('C62 a refusal is told from a code, and a code works once', async () => {
    const refused = await sandbox.instagramRedirect(adapter, { person: 'mira', decision: 'cancel' });
    const error = refused.get('error') ?? '';
    expect(adapter.readCallback({ error })).toEqual({ kind: 'declined' });
    const { flow } = adapter;
    if (flow.strategy !== 'adapter') throw new Error('Instagram has no passport package');
    const spent = { code: new Secret('AQspent'), redirectUri: 'http://127.0.0.1:8080/connect/instagram/callback' };
    await expect(flow.exchangeCode({ ...spent, codeVerifier: null })).rejects.toMatchObject({
      class: 'reauthorization_required',
    });
  });

  it('C36 an unticked permission is named', async () => {
    const form = { person: 'mira', decision: 'continue', boxes: '1', permissions: 'instagram_business_basic' };
    const code = (await sandbox.instagramRedirect(adapter, form)).get('code') ?? '';
    const { flow } = adapter;
    if (flow.strategy !== 'adapter') throw new Error('Instagram has no passport package');
    const redirectUri = 'http://127.0.0.1:8080/connect/instagram/callback';
    const tokens = await flow.exchangeCode({ code: new Secret(code), redirectUri, codeVerifier: null });
    const [account] = await adapter.discover(await adapter.establish(tokens));
    expect(account?.missingScopes).toEqual(['instagram_business_content_publish']);
  });

  it('C16 C28 L-13 is renewed after 24 hours for another sixty days, and not before', async () => {
    const { consent } = await connect();
    expect(await adapter.refresh(consent.tokens)).toBe(consent.tokens);
    const renewed = await adapter.refresh(await aDayLater(consent));
    expect(renewed.access.value.reveal()).not.toBe(consent.tokens.access.value.reveal());
    expect(await adapter.inspect({ token: renewed.access.value, account: null })).toMatchObject({ alive: true });
  });

  it('C28 past its sixty days it can’t be renewed, and says why', async () => {
    const { consent } = await connect();
    const tokens = await aDayLater(consent);
    await sandbox.control('POST', 'instagram/people/mira/access-expired');
    await expect(adapter.refresh(tokens)).rejects.toMatchObject({
      class: 'reauthorization_required',
      reason: 'token_lapsed',
    });
  });

  it.each([
    ['password-changed', 'reauthorization_required', 'password_changed'],
    ['app-removed', 'reauthorization_required', 'removed_in_settings'],
    ['suspended', 'user_action_required', 'security_check'],
    ['access-expired', 'reauthorization_required', 'token_lapsed'],
  ])('C29 L-15 %s cuts it off without a subcode: %s, %s', async (act, failureClass, reason) => {
    const { inspect } = await connect();
    await sandbox.control('POST', `instagram/people/mira/${act}`);
    expect(await inspect()).toMatchObject({ alive: false, failure: { class: failureClass, reason } });
  });

  it('L-17 heals with the account', async () => {
    const { inspect } = await connect();
    await sandbox.control('POST', 'instagram/people/mira/suspended');
    expect(await inspect()).toMatchObject({ alive: false });
    await sandbox.control('POST', 'instagram/people/mira/restore');
    expect(await inspect()).toMatchObject({ alive: true });
  });

  it('L-27 shows the newest posts', async () => {
    const { token } = await connect();
    const { accountId, kind } = MIRA;
    const posts = await adapter.recentPosts?.({ token, account: { accountId, kind }, limit: 2 });
    expect(posts).toHaveLength(2);
    for (const post of posts ?? []) expect(post.imageUrl ?? post.permalink).not.toBeNull();
  });

  it('C77 B10 taking back ends it for this account alone, or is left to the person where Instagram offers no way', async () => {
    const mira = await connect('mira');
    const harbour = await connect('harbour');
    await sandbox.control('PUT', 'instagram/switches', { deletePermissions: false });
    expect(await adapter.revoke(mira.consent)).toBe('unsupported');
    await sandbox.control('PUT', 'instagram/switches', { deletePermissions: true });
    expect(await adapter.revoke(mira.consent)).toBe('revoked');
    expect(await mira.inspect()).toMatchObject({ alive: false });
    expect(await adapter.inspect({ token: harbour.token, account: null })).toMatchObject({ alive: true });
  });

  it('B6 a wrong app secret is misconfigured and named', async () => {
    const wrong = sandbox.instagramAt(sandbox.url, http, { appSecret: new Secret('not-the-secret') });
    const tokens = await sandbox.instagramConsent(http, 'mira');
    await expect(wrong.establish(tokens)).rejects.toMatchObject({ class: 'misconfigured' });
    expect((await wrong.checkReadiness())[0]).toMatchObject({ name: 'client_secret', outcome: 'failed' });
    expect((await adapter.checkReadiness())[0]?.outcome).not.toBe('failed');
  });
});

describe('call-backs of Instagram at the sandbox', () => {
  async function receive(body: object): Promise<RawCallback> {
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
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/instagram/deauthorize`;
      await sandbox.control('POST', 'instagram/people/mira/notify', { notice: 'deauthorize', url, ...body });
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
    const [callback] = received;
    if (!callback) throw new Error('the sandbox sent nothing');
    return callback;
  }

  it('B8 are read, and refused when forged or old', async () => {
    expect(adapter.readPlatformCallback(await receive({}))).toMatchObject([
      { kind: 'deauthorized', subjectId: MIRA.subjectId },
    ]);
    await sandbox.control('PUT', 'instagram/switches', { deauthorizeId: 'professional' });
    expect(adapter.readPlatformCallback(await receive({}))).toMatchObject([
      { subjectId: MIRA.accountId, mayNameAccount: true },
    ]);
    const forged = await receive({ tampered: true });
    expect(() => adapter.readPlatformCallback(forged)).toThrow('the signature does not fit');
    const old = await receive({ ageSeconds: 37 * 3_600 });
    expect(() => adapter.readPlatformCallback(old)).toThrow('too old');
  });
});
