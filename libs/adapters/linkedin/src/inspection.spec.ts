import { beforeEach, describe, expect, it } from '@jest/globals';
import { Secret, seconds } from '@mooring/contracts';
import { NOW, PlayedBench } from '../test/played-bench.ts';
import { apiError, ISSUED, SCOPES } from '../test/played-linkedin.ts';

const bench = new PlayedBench();
let token: Secret;
beforeEach(() => {
  token = new Secret(bench.linkedin.mint());
  bench.pass(seconds(90));
});

const ofGrant = () => bench.adapter.inspect({ token, account: null });
const ofPage = (accountId = '490001') =>
  bench.adapter.inspect({ token, account: { accountId, kind: 'linkedin_organization' } });
const introspectionSays = (body: object) => bench.linkedin.canned.set('oauth/v2/introspectToken', { body });

describe('inspecting a grant', () => {
  it('is one call that costs none of the member’s', async () => {
    expect(await ofGrant()).toEqual({
      alive: true,
      expiresAt: new Date((ISSUED + 5_183_999) * 1_000),
      dataAccessExpiresAt: null,
      grantedScopes: SCOPES,
      missingScopes: [],
    });
    expect(bench.linkedin.calls.map(({ path }) => path)).toEqual(['oauth/v2/introspectToken']);
  });

  it('C10 C36 only `active` is sure to be there: what LinkedIn leaves out is not known, and not missing', async () => {
    introspectionSays({ active: true });
    expect(await ofGrant()).toEqual({ alive: true, dataAccessExpiresAt: null, missingScopes: [] });
  });

  it('C36 names a scope that is missing', async () => {
    introspectionSays({ active: true, scope: 'openid,rw_organization_admin' });
    expect(await ofGrant()).toMatchObject({ alive: true, missingScopes: ['w_organization_social'] });
  });

  it.each([
    ['revoked', 'removed_in_settings', undefined],
    ['expired', 'token_lapsed', true],
  ])('C29 a token that is %s is dead: %s', async (status, reason, renewalDecides) => {
    introspectionSays({ active: false, status });
    const found = await ofGrant();
    expect(found).toMatchObject({ alive: false, failure: { class: 'reauthorization_required', reason } });
    expect('renewalDecides' in found ? found.renewalDecides : undefined).toBe(renewalDecides);
  });

  it.each([
    [65600, 'INVALID_ACCESS_TOKEN', 'unknown', true],
    [65602, 'EXPIRED_ACCESS_TOKEN', 'token_lapsed', true],
    [65601, 'REVOKED_ACCESS_TOKEN', 'removed_in_settings', undefined],
  ])(
    'an inactive token without a status is what the API says of it: %i',
    async (number, code, reason, renewalDecides) => {
      introspectionSays({ active: false });
      bench.linkedin.canned.set('rest/organizationAcls', apiError(401, number, code, 'x'));
      const found = await ofGrant();
      expect(found).toMatchObject({ alive: false, failure: { reason } });
      expect('renewalDecides' in found ? found.renewalDecides : undefined).toBe(renewalDecides);
    },
  );

  it('C37 a token of another app is inactive and lives: our settings or our storage are at fault, no connection is', async () => {
    introspectionSays({ active: false });
    await expect(ofGrant()).rejects.toMatchObject({ class: 'unexpected', suspectOwnStorage: true });
    bench.linkedin.canned.set('rest/organizationAcls', apiError(403, 100, 'ACCESS_DENIED', 'x'));
    await expect(ofGrant()).rejects.toMatchObject({ class: 'unexpected', suspectOwnStorage: true });
  });

  it.each([400, 403, 404])('C02 a refusal with status %i is no verdict on the token', async (status) => {
    bench.linkedin.canned.set('oauth/v2/introspectToken', apiError(status, 65601, 'REVOKED_ACCESS_TOKEN', 'x'));
    await expect(ofGrant()).rejects.toMatchObject({ class: 'unexpected' });
  });
});

describe('where LinkedIn introspects nothing', () => {
  const refusal = { error: 'invalid_request', error_description: 'The passed in token is invalid' };

  it('C24 the API, asked with the token, tells whether it is dead', async () => {
    bench.linkedin.canned.set('oauth/v2/introspectToken', { status: 400, body: refusal });
    await expect(ofGrant()).rejects.toMatchObject({ class: 'unexpected', platformCode: 'invalid_request' });
    bench.linkedin.canned.set('rest/organizationAcls', apiError(401, 65600, 'INVALID_ACCESS_TOKEN', 'x'));
    expect(await ofGrant()).toMatchObject({ alive: false, renewalDecides: true, failure: { reason: 'unknown' } });
  });

  it('C01 an outage is no verdict of either', async () => {
    bench.linkedin.canned.set('oauth/v2/introspectToken', { status: 400, body: refusal });
    bench.linkedin.canned.set('rest/organizationAcls', { status: 503, body: '' });
    await expect(ofGrant()).rejects.toMatchObject({ class: 'transient' });
  });
});

describe('inspecting a Page', () => {
  it('L-15 C29 a role that was lost cuts this Page off, and no other', async () => {
    bench.linkedin.roles.push({ role: 'ADMINISTRATOR', state: 'APPROVED', organization: 'urn:li:organization:2' });
    expect([await ofPage(), await ofPage('2')]).toMatchObject([{ alive: true }, { alive: true }]);
    bench.linkedin.roles.shift();
    const lost = { alive: false, failure: { class: 'user_action_required', reason: 'role_lost' } };
    expect([await ofPage(), await ofPage('2'), await ofGrant()]).toMatchObject([
      lost,
      { alive: true },
      { alive: true },
    ]);
  });

  it.each([
    { role: 'ADMINISTRATOR', state: 'REVOKED', organization: 'urn:li:organization:490001' },
    { role: 'ANALYST', state: 'APPROVED', organization: 'urn:li:organization:490001' },
  ])('L-15 %j lets nobody post', async (role) => {
    bench.linkedin.roles = [role];
    expect(await ofPage()).toMatchObject({ alive: false, failure: { reason: 'role_lost' } });
  });

  it('C41 a member’s own id is no Page', async () => {
    expect(await ofPage('AbC123')).toMatchObject({ alive: false, failure: { reason: 'role_lost' } });
  });

  it('without the scope for roles the missing scope is named, and LinkedIn not asked', async () => {
    introspectionSays({ active: true, scope: 'w_organization_social' });
    expect(await ofPage()).toMatchObject({ alive: true, missingScopes: ['rw_organization_admin'] });
    expect(bench.linkedin.calls.some(({ path }) => path === 'rest/organizationAcls')).toBe(false);
  });

  it('LinkedIn’s own no is a lost permission', async () => {
    bench.linkedin.canned.set('rest/organizationAcls', apiError(403, 100, 'ACCESS_DENIED', 'x'));
    expect(await ofPage()).toMatchObject({ alive: false, failure: { class: 'permission_missing' } });
  });

  it('C46 with a retired version there is no verdict', async () => {
    const adapter = bench.adapterWith({ version: '202401' });
    const account = { accountId: '490001', kind: 'linkedin_organization' };
    await expect(adapter.inspect({ token, account })).rejects.toMatchObject({ class: 'misconfigured' });
  });

  it('a token that the introspection says is seconds old is not believed to be revoked', async () => {
    bench.now = new Date(NOW.getTime() + seconds(10));
    bench.linkedin.falselyRevoked = 2;
    expect(await ofPage()).toMatchObject({ alive: true });
    bench.linkedin.falselyRevoked = 99;
    await expect(ofPage()).rejects.toMatchObject({ class: 'transient' });
    bench.now = new Date(NOW.getTime() + seconds(60));
    expect(await ofPage()).toMatchObject({ alive: false, failure: { reason: 'removed_in_settings' } });
  });
});
