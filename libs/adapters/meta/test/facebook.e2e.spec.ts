import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { days, Secret } from '@mooring/contracts';
import {
  type ClosablePlatformHttp,
  createPlatformHttp,
  type PlatformAdapter,
  type RawCallback,
} from '@mooring/adapters-core';
import { ASKED_SCOPES } from '../src/index.ts';
import { SandboxProcess } from './sandbox-process.ts';

const CAFE = '100200300400501';

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
  await http.close();
  await sandbox.stop();
});

const establish = async (person = 'fiona', scopes: readonly string[] = ASKED_SCOPES) =>
  adapter.establish(await sandbox.consent(person, scopes));

async function offersOf(person: string, kind = 'facebook_page') {
  const accounts = (await adapter.discover(await establish(person))).filter(({ offered }) => offered.kind === kind);
  return accounts.map(({ offered }) => `${offered.accountId} ${offered.unselectableReason ?? 'selectable'}`);
}

/** The person's token and the Café's, with which publishing would go on. */
async function connectCafe() {
  const consent = await establish();
  const cafe = (await adapter.discover(consent)).find(({ offered }) => offered.accountId === CAFE);
  const account = { accountId: CAFE, kind: 'facebook_page' as const };
  const token = cafe?.token?.value ?? consent.tokens.access.value;
  return { consent, inspectPage: () => adapter.inspect({ token, account }) };
}

describe('Facebook at the sandbox', () => {
  it('L-05 a consent lasts about sixty days and names the person', async () => {
    const consent = await establish();
    expect(consent).toMatchObject({ subjectId: '10150000000000001', subjectName: 'Fiona Marsh' });
    const lifeMs = (consent.tokens.access.expiresAt?.getTime() ?? 0) - Date.now();
    expect(lifeMs / days(1)).toBeCloseTo(60, 0);
  });

  it('C47 offers all of 230 Pages', async () => {
    expect((await offersOf('max')).filter((offer) => offer.endsWith(' selectable'))).toHaveLength(230);
  });

  it('C49 offers Pages of a portfolio, each once', async () => {
    expect(await offersOf('petra')).toEqual([
      '100200300400601 selectable',
      '100200300400602 selectable',
      '100200300400603 selectable',
    ]);
  });

  it('C51 names why a Page cannot be chosen', async () => {
    expect(await offersOf('rhea')).toEqual(['100200300400701 role_too_low', '100200300400702 no_token']);
  });

  it('L-09 a person without Pages is offered none', async () => {
    expect(await offersOf('noah')).toEqual([]);
  });

  it('L-13 a renewal reaches further, and where Facebook does not extend it is an answer all the same', async () => {
    const { tokens } = await establish();
    await sandbox.control('PUT', 'facebook/next-token', { extends: false, omitExpiresIn: true });
    expect((await adapter.refresh(tokens)).access.expiresAt).toEqual(tokens.access.expiresAt);
    await sandbox.control('POST', 'clock', { offsetMs: days(50) });
    const { access } = await adapter.refresh(tokens);
    expect((access.expiresAt?.getTime() ?? 0) - (tokens.access.expiresAt?.getTime() ?? 0)).toBeGreaterThan(days(49));
    await sandbox.control('POST', 'clock', { offsetMs: 0 });
  });

  it.each([
    ['people/fiona/password-changed', 'reauthorization_required', 'password_changed'],
    ['people/fiona/app-removed', 'reauthorization_required', 'removed_in_settings'],
    ['people/fiona/checkpoint', 'user_action_required', 'security_check'],
    ['people/fiona/unconfirmed', 'user_action_required', 'security_check'],
    [`people/fiona/pages/${CAFE}/role-lost`, 'user_action_required', 'role_lost'],
  ])('C29 C30 L-15 %s cuts the Page off: %s, %s', async (act, failureClass, reason) => {
    const { inspectPage } = await connectCafe();
    expect(await inspectPage()).toMatchObject({ alive: true, expiresAt: null, missingScopes: [] });
    await sandbox.control('POST', `facebook/${act}`);
    expect(await inspectPage()).toMatchObject({ alive: false, failure: { class: failureClass, reason } });
  });

  it('flows 7: a person who logged out leaves the Page’s token alive', async () => {
    const { consent, inspectPage } = await connectCafe();
    await sandbox.control('POST', 'facebook/people/fiona/logged-out');
    expect(await adapter.inspect({ token: consent.tokens.access.value, account: null })).toMatchObject({
      alive: false,
    });
    expect(await inspectPage()).toMatchObject({ alive: true });
  });

  it('L-17 a passed check heals what it had cut off', async () => {
    const { inspectPage } = await connectCafe();
    await sandbox.control('POST', 'facebook/people/fiona/checkpoint');
    expect(await inspectPage()).toMatchObject({ alive: false });
    await sandbox.control('POST', 'facebook/people/fiona/restore');
    expect(await inspectPage()).toMatchObject({ alive: true });
  });

  it('C36 a permission that was removed is named while the token lives', async () => {
    const { inspectPage } = await connectCafe();
    await sandbox.control('POST', 'facebook/people/fiona/permissions/pages_manage_posts/remove');
    expect(await inspectPage()).toMatchObject({ alive: true, missingScopes: ['pages_manage_posts'] });
  });

  it('a dead token without subcode keeps its reason', async () => {
    const { consent } = await connectCafe();
    await sandbox.control('PUT', 'facebook/switches', { omitSubcodes: true });
    await sandbox.control('POST', 'facebook/people/fiona/app-removed');
    await expect(adapter.refresh(consent.tokens)).rejects.toMatchObject({ reason: 'removed_in_settings' });
  });

  it('works where the app demands its proof, and with either answer to a revocation', async () => {
    for (const deletePermissionsAnswer of ['true', 'object']) {
      await sandbox.control('PUT', 'facebook/switches', { requireAppSecret: true, deletePermissionsAnswer });
      const { consent } = await connectCafe();
      expect(await adapter.revoke({ subjectId: consent.subjectId, tokens: null })).toBe('revoked');
    }
  });

  it('B6 a wrong app secret is misconfigured everywhere and touches no connection', async () => {
    const { consent } = await connectCafe();
    const wrong = sandbox.adapterAt(sandbox.url, http, { appSecret: new Secret('not-the-secret') });
    await expect(wrong.refresh(consent.tokens)).rejects.toMatchObject({ class: 'misconfigured' });
    const inspection = wrong.inspect({ token: consent.tokens.access.value, account: null });
    await expect(inspection).rejects.toMatchObject({ class: 'misconfigured' });
    await expect(wrong.discover(consent)).rejects.toMatchObject({ class: 'misconfigured' });
  });

  it.each([1, 2, 4, 17, 32, 341, 368, 613])('C01 code %i at the inspection is no verdict', async (code) => {
    const { inspectPage } = await connectCafe();
    await sandbox.control('PUT', 'facebook/fault', { kind: 'graph', code, message: 'x' });
    await expect(inspectPage()).rejects.toMatchObject({ class: expect.stringMatching(/^(transient|rate_limited)$/) });
    await sandbox.control('DELETE', 'facebook/fault');
    expect(await inspectPage()).toMatchObject({ alive: true });
  });
});

describe('call-backs of the sandbox', () => {
  /** Lets the sandbox send something to a server of ours and gives the raw request. */
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
    const name = path.endsWith('webhook') ? 'permissions' : 'deauthorize';
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/facebook/${name}`;
    await sandbox.control('POST', `facebook/people/fiona/${path}`, { url, ...body });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    const [callback] = received;
    if (!callback) throw new Error('the sandbox sent nothing');
    return callback;
  }

  it.each([true, false])('B8 reads its deauthorize call-back, padded %p', async (padded) => {
    const [notice] = adapter.readPlatformCallback(await receive('deauthorize', { padded }));
    expect(notice).toMatchObject({ kind: 'deauthorized', subjectId: '10150000000000001' });
  });

  it('B8 reads its permissions webhook', async () => {
    const [notice] = adapter.readPlatformCallback(
      await receive('permissions-webhook', { field: 'connected', verb: 'revoked' }),
    );
    expect(notice).toMatchObject({ kind: 'deauthorized', subjectId: '10150000000000001' });
  });

  it.each(['deauthorize', 'permissions-webhook'])('B8 refuses a forged %s', async (path) => {
    const callback = await receive(path, { tampered: true, verb: 'revoked' });
    expect(() => adapter.readPlatformCallback(callback)).toThrow('the signature does not fit');
  });
});
