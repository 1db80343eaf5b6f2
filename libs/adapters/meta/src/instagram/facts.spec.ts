import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { capabilityViews, Secret } from '@mooring/contracts';
import { InvalidCallbackError } from '@mooring/adapters-core';
import { InstagramBench, NOW } from '../../test/played-bench.ts';
import { APP_SECRET, refused } from '../../test/played-instagram.ts';
import { graphError } from '../../test/played-server.ts';
import { rowFits } from '../graph/error-row.ts';
import { GRAPH_ERROR_ROWS } from '../graph/error-table.ts';
import { INSTAGRAM_ERROR_ROWS } from './error-table.ts';
import { INSTAGRAM_ERRORS } from './errors.ts';
import { INSTAGRAM_GUIDANCE } from './guidance.ts';

const bench = new InstagramBench();

describe('errors of Instagram', () => {
  it.each([
    ['Matching code was not found or was already used', 'reauthorization_required unknown'],
    ['Error validating verification code. Please make sure your redirect_uri is identical', 'misconfigured null'],
    ['Invalid redirect_uri', 'misconfigured null'],
    ['Invalid platform app', 'misconfigured null'],
    ['Error validating client_secret', 'misconfigured null'],
    ['Something new', 'reauthorization_required unknown'],
  ])('the exchange’s %p is %s', (message, expected) => {
    const failure = INSTAGRAM_ERRORS.classify(400, JSON.stringify(refused(message).body));
    expect(`${failure.class} ${failure.reason}`).toBe(expected);
  });

  it.each([
    [100, 'Unsupported request - method type: get', 'unexpected null'],
    [10, 'Application does not have permission for this action', 'permission_missing permission_removed'],
    [190, 'Error validating access token: Session has expired on …', 'reauthorization_required token_lapsed'],
    [80002, 'x', 'rate_limited null'],
    [368, 'x', 'rate_limited platform_policy'],
  ])('%i %p is %s', (code, message, expected) => {
    const failure = INSTAGRAM_ERRORS.classify(400, JSON.stringify(graphError(code, message).body));
    expect(`${failure.class} ${failure.reason}`).toBe(expected);
  });

  it('holds everything that Graph answers, and reaches its own rows', () => {
    expect(INSTAGRAM_ERROR_ROWS).toEqual(expect.arrayContaining([...GRAPH_ERROR_ROWS]));
    const own = INSTAGRAM_ERROR_ROWS.filter((row) => !GRAPH_ERROR_ROWS.includes(row));
    const reached = own.map((row) => {
      const { envelope, codes, name = null, text: message = '' } = row;
      const error = { envelope, code: codes?.[0] ?? null, subcode: null, name, message, isTransient: false };
      return INSTAGRAM_ERROR_ROWS.find((candidate) => rowFits(candidate, error));
    });
    expect(reached).toEqual(own);
  });

  it('knows every reason that it can give, in words for Instagram (L-15)', () => {
    const reasons = INSTAGRAM_ERROR_ROWS.flatMap(({ reason }) => reason ?? []);
    for (const reason of [...reasons, 'account_suspended', 'refresh_failed'] as const) {
      expect(INSTAGRAM_GUIDANCE[reason]?.length ?? 0).toBeGreaterThan(40);
    }
  });
});

describe('capabilities at Instagram', () => {
  it('C42 L-27 name what is missing for each', () => {
    const granted = ['instagram_business_basic', 'instagram_business_content_publish'];
    expect(capabilityViews(bench.adapter.capabilities['instagram_account'] ?? {}, granted)).toEqual([
      { capability: 'publish', state: 'granted', missingScopes: [] },
      { capability: 'analytics', state: 'missing', missingScopes: ['instagram_business_manage_insights'] },
      { capability: 'messages', state: 'missing', missingScopes: ['instagram_business_manage_messages'] },
      { capability: 'comments', state: 'missing', missingScopes: ['instagram_business_manage_comments'] },
    ]);
  });
});

describe('call-backs of Instagram', () => {
  const ask = (name: string, secret = APP_SECRET) => {
    const payload = Buffer.from(
      `{"algorithm":"HMAC-SHA256","issued_at":${NOW.getTime() / 1_000},"user_id":17841400000000001}`,
    ).toString('base64url');
    const signature = createHmac('sha256', secret).update(payload).digest('base64url');
    const body = Buffer.from(`signed_request=${signature}.${payload}`);
    return bench.adapter.readPlatformCallback({ path: `/webhooks/instagram/${name}`, headers: {}, body });
  };

  it('B8 reads both, signed with Instagram’s own secret', () => {
    expect(ask('deauthorize')).toMatchObject([
      { kind: 'deauthorized', subjectId: '17841400000000001', mayNameAccount: true },
    ]);
    expect(ask('data-deletion')).toMatchObject([{ kind: 'data_deletion', subjectId: '17841400000000001' }]);
  });

  it('B8 takes none of another name or with Facebook’s secret', () => {
    expect(() => ask('permissions')).toThrow(InvalidCallbackError);
    expect(() => ask('deauthorize', 'test-app-secret-000')).toThrow(InvalidCallbackError);
  });

  it('B8 answers the challenge of whoever knows the agreed word', () => {
    const query = { 'hub.mode': 'subscribe', 'hub.verify_token': 'word', 'hub.challenge': '1158201444' };
    const adapter = bench.adapterWith({ webhookVerifyToken: new Secret('word') });
    expect(adapter.answerChallenge(query)).toEqual({ contentType: 'text/plain', body: '1158201444' });
    expect(() => adapter.answerChallenge({ ...query, 'hub.verify_token': 'other' })).toThrow(InvalidCallbackError);
    expect(() => bench.adapter.answerChallenge(query)).toThrow(InvalidCallbackError);
  });
});

describe('the operator’s app at Instagram', () => {
  const outcomes = async (adapter = bench.adapter) =>
    (await adapter.checkReadiness()).map(({ name, outcome }) => `${name} ${outcome}`);

  it('C44 knows good credentials, and does not claim to know the redirect URI', async () => {
    expect(await outcomes()).toEqual(['client_secret ok', 'redirect_uri unknown']);
  });

  it('B6 names what is wrong with a secret that is not Instagram’s', async () => {
    const [check] = await bench.adapterWith({ appSecret: new Secret('x') }).checkReadiness();
    expect(check).toMatchObject({ outcome: 'failed', detail: expect.stringContaining('INSTAGRAM_APP_SECRET') });
    expect((await outcomes(bench.adapterWith({ appId: '1' })))[0]).toBe('client_secret failed');
  });

  it.each([graphError(2, 'down'), refused('Invalid redirect_uri')])(
    'claims nothing where it answers %j',
    async (answer) => {
      bench.instagram.canned.set('api.instagram.com/oauth/access_token', answer);
      expect((await outcomes())[0]).toBe('client_secret unknown');
    },
  );

  it.each([
    ['INSTAGRAM_GRAPH_VERSION', { graphVersion: '25' }],
    ['INSTAGRAM_APP_ID', { appId: 'app' }],
    ['INSTAGRAM_API_URL', { apiUrl: 'api.instagram.com' }],
    ['INSTAGRAM_SCOPES', { scopes: ['instagram_business_basic'] }],
  ])('C44 refuses settings that cannot work, naming %s', (name, wrong) => {
    expect(() => bench.adapterWith(wrong)).toThrow(new RegExp(`^${name} `));
  });
});
