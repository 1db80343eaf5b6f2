import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { LinkedInDriver, SCOPES } from './linkedin-driver.ts';

const DAY_MS = 86_400_000;
const YARD = '5490001';

interface RoleRow {
  role: string;
  state: string;
  organization: string;
}

let linkedin: LinkedInDriver;

beforeAll(async () => {
  linkedin = await LinkedInDriver.start();
});
beforeEach(() => linkedin.control('POST', 'reset'));
afterAll(() => linkedin.close());

const introspect = async (token: string) => (await linkedin.asApp('introspectToken', { token })).body as object;
const acls = (token: string, query = '&state=APPROVED&start=0&count=100') =>
  linkedin.api(token, `/rest/organizationAcls?q=roleAssignee${query}`);

describe('consent at LinkedIn', () => {
  it('is all or nothing, and skipped for who agreed to the same before', async () => {
    await linkedin.connect();
    const cookie = 'sandbox_linkedin_person=linda';
    const again = await fetch(linkedin.authorizeUrl(), { headers: { cookie }, redirect: 'manual' });
    expect(again.headers.get('location')).toContain('code=');
    const page = await fetch(linkedin.authorizeUrl({ scope: 'openid' }), { headers: { cookie }, redirect: 'manual' });
    expect([page.status, (await page.text()).includes('type="checkbox"')]).toEqual([200, false]);
  });

  it('says in its own words that a member refused, and that the app does not own a scope', async () => {
    const refused = await linkedin.decide({ decision: 'cancel' });
    expect(refused.searchParams.get('error')).toBe('user_cancelled_authorize');
    expect(refused.searchParams.get('state')).toBe('st-1');
    const unowned = await linkedin.decide({}, { scope: 'openid rw_ads' });
    expect(unowned.searchParams.get('error')).toBe('unauthorized_scope_error');
  });

  it('to another set of scopes ends every token given before', async () => {
    const { access_token: before } = await linkedin.connect();
    await linkedin.connect('linda', SCOPES);
    expect(await introspect(before)).toMatchObject({ active: true });
    await linkedin.connect('linda', 'openid');
    expect(await introspect(before)).toMatchObject({ active: false, status: 'revoked' });
    expect(await linkedin.api(before, '/v2/userinfo')).toMatchObject({
      status: 401,
      body: { serviceErrorCode: 65601 },
    });
  });

  it('a code is used once, within half an hour, with the same redirect URI', async () => {
    const codeOf = async () => (await linkedin.decide()).searchParams.get('code') ?? '';
    const code = await codeOf();
    expect((await linkedin.exchange(code)).status).toBe(200);
    const used = { status: 401, body: { error: 'invalid_request' } };
    expect(await linkedin.exchange(code)).toMatchObject(used);
    const elsewhere = await linkedin.exchange(await codeOf(), { redirect_uri: 'http://127.0.0.1:8080/x' });
    expect(elsewhere).toMatchObject({ status: 400, body: { error: 'invalid_redirect_uri' } });
    const late = await codeOf();
    await linkedin.control('POST', 'clock', { offsetMs: 30 * 60_000 });
    expect(await linkedin.exchange(late)).toMatchObject({ status: 400, body: { error: 'invalid_redirect_uri' } });
  });

  it('takes no wrong secret, and asks for what is missing', async () => {
    const wrong = await linkedin.asApp('accessToken', {
      grant_type: 'refresh_token',
      refresh_token: 'x',
      client_secret: 'y',
    });
    expect(wrong).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect(await linkedin.asApp('accessToken', { grant_type: 'refresh_token' })).toMatchObject({
      status: 400,
      body: { error_description: 'A required parameter "refresh_token" is missing' },
    });
    expect((await linkedin.asApp('introspectToken', { token: 'x', client_secret: 'y' })).status).toBe(401);
  });
});

describe('refresh tokens of LinkedIn', () => {
  it('C13 are given to approved apps only', async () => {
    expect(await linkedin.connect()).toMatchObject({ expires_in: 5_184_000, refresh_token_expires_in: 31_536_000 });
    await linkedin.control('PUT', 'linkedin/switches', { selfServe: true });
    const tokens = await linkedin.connect();
    expect(Object.keys(tokens as object)).toEqual(['access_token', 'expires_in', 'scope']);
  });

  it('stay the same, run down, and take the access token with them', async () => {
    const { refresh_token: token } = await linkedin.connect();
    await linkedin.control('POST', 'clock', { offsetMs: 50 * DAY_MS });
    const { body } = await linkedin.refresh(token);
    expect(body).toMatchObject({ refresh_token: token, expires_in: 5_184_000 });
    expect(body.refresh_token_expires_in / 86_400).toBeCloseTo(315, 0);
    await linkedin.control('POST', 'clock', { offsetMs: 360 * DAY_MS });
    const late = (await linkedin.refresh(token)).body;
    expect([late.expires_in / 86_400, late.refresh_token_expires_in / 86_400].map(Math.round)).toEqual([5, 5]);
    await linkedin.control('POST', 'clock', { offsetMs: 365 * DAY_MS });
    expect(await linkedin.refresh(token)).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });
});

describe('what LinkedIn says of tokens', () => {
  it('expired, revoked, and nothing of a stranger’s', async () => {
    const { access_token: token, refresh_token: refresh } = await linkedin.connect();
    expect(await introspect(token)).toMatchObject({
      active: true,
      status: 'active',
      scope: SCOPES.replaceAll(' ', ','),
    });
    expect(await introspect('AQXsomethingelse')).toEqual({ active: false });
    await linkedin.control('POST', 'linkedin/people/linda/access-expired');
    expect(await introspect(token)).toMatchObject({ active: false, status: 'expired' });
    expect(await acls(token)).toMatchObject({ status: 401, body: { code: 'EXPIRED_ACCESS_TOKEN' } });
    const { access_token: fresh } = (await linkedin.refresh(refresh)).body;
    expect((await linkedin.asApp('revoke', { token: fresh })).status).toBe(200);
    expect(await introspect(fresh)).toMatchObject({ status: 'revoked' });
    expect((await linkedin.refresh(refresh)).status).toBe(400);
  });

  it('falsehoods about fresh ones, as often as it is told to', async () => {
    await linkedin.control('PUT', 'linkedin/switches', { falselyRevokedCalls: 2 });
    const { access_token: token } = await linkedin.connect();
    const statuses = [];
    for (let call = 0; call < 3; call += 1) statuses.push((await linkedin.api(token, '/v2/userinfo')).status);
    expect(statuses).toEqual([401, 401, 200]);
  });
});

describe('Pages at LinkedIn', () => {
  it('C54 are listed by role, showcase pages among them; a role that was lost is a revoked row', async () => {
    const { access_token: token } = await linkedin.connect();
    const rowsOf = async (query?: string) =>
      ((await acls(token, query)).body.elements as RoleRow[]).map(
        (row) => `${row.organization.split(':').slice(2).join(' ')} ${row.role} ${row.state}`,
      );
    expect(await rowsOf()).toEqual([
      'organization 5490001 CURATOR APPROVED',
      'organization 5490001 ADMINISTRATOR APPROVED',
      'organization 5490002 ADMINISTRATOR APPROVED',
      'organization 5490003 DIRECT_SPONSORED_CONTENT_POSTER APPROVED',
      'organizationBrand 5490009 ADMINISTRATOR APPROVED',
    ]);
    await linkedin.control('POST', `linkedin/people/linda/accounts/${YARD}/role-lost`);
    expect(await rowsOf()).toHaveLength(3);
    expect(await rowsOf('')).toContain('organization 5490001 ADMINISTRATOR REVOKED');
    await linkedin.control('POST', `linkedin/people/linda/accounts/${YARD}/role-restored`);
    expect(await rowsOf('&count=2&start=4')).toHaveLength(1);
  });

  it('have names for a list that is not encoded', async () => {
    const { access_token: token } = await linkedin.connect('nora');
    const names = await linkedin.api(token, '/rest/organizationsLookup?ids=List(5490001,5490009,1)');
    expect(Object.keys(names.body.results as object)).toEqual(['5490001', '5490009']);
    expect((await linkedin.api(token, '/rest/organizationsLookup?ids=List%285490001%29')).status).toBe(400);
  });

  it('C46 are only there for a version that is', async () => {
    const { access_token: token } = await linkedin.connect();
    await linkedin.control('PUT', 'linkedin/switches', { oldestVersion: '202609' });
    expect(await acls(token)).toMatchObject({ status: 426, body: { code: 'NONEXISTENT_VERSION' } });
    expect((await linkedin.api(token, '/v2/userinfo')).status).toBe(200);
  });

  it('show what was published, to who may post', async () => {
    const { access_token: token } = await linkedin.connect();
    const body = JSON.stringify({
      author: `urn:li:organization:${YARD}`,
      commentary: 'Launch day',
      visibility: 'PUBLIC',
    });
    const sent = await linkedin.api(token, '/rest/posts', { method: 'POST', body });
    expect([sent.status, sent.headers.get('x-restli-id')]).toEqual([201, expect.stringMatching(/^urn:li:share:\d+$/)]);
    const query = `?q=author&author=urn%3Ali%3Aorganization%3A${YARD}&count=2`;
    const shown = await linkedin.api(token, `/rest/posts${query}`);
    expect((shown.body.elements as { commentary: string }[]).map(({ commentary }) => commentary)).toEqual([
      'Launch day',
      'Hull 42 left the yard this morning.',
    ]);
    await linkedin.control('POST', `linkedin/people/linda/accounts/${YARD}/role-lost`);
    expect(await linkedin.api(token, `/rest/posts${query}`)).toMatchObject({
      status: 403,
      body: { serviceErrorCode: 100 },
    });
    expect((await linkedin.api(token, '/rest/posts', { method: 'POST', body })).status).toBe(403);
  });
});
