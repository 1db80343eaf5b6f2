import { describe, expect, it } from '@jest/globals';
import { days, hours, Secret } from '@mooring/contracts';
import { exchangedTokens } from '@mooring/adapters-core/testing';
import { InstagramBench, NOW } from '../../test/played-bench.ts';
import { ACCOUNT_ID, APP_ID } from '../../test/played-instagram.ts';
import { graphError } from '../../test/played-server.ts';

const bench = new InstagramBench();
const account = { accountId: ACCOUNT_ID, kind: 'instagram_account' };

describe('the consent dialog of Instagram', () => {
  const request = { redirectUri: 'https://x.example/cb', state: 's t', scopes: ['a', 'b'] };
  const urlOf = (rerequest: boolean) => {
    const { flow } = bench.adapter;
    return new URL(flow.strategy === 'adapter' ? flow.authorizationUrl({ ...request, rerequest }) : '');
  };

  it('carries what Instagram Login asks for, and no version', () => {
    const url = urlOf(false);
    expect(url.pathname).toBe('/www.instagram.com/oauth/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: APP_ID,
      redirect_uri: 'https://x.example/cb',
      response_type: 'code',
      scope: 'a,b',
      state: 's t',
    });
  });

  it('C58 has the person sign in again where another account is wanted', () => {
    expect(urlOf(true).searchParams.get('force_reauth')).toBe('true');
  });

  it.each([
    [{ code: 'abc#_' }, { kind: 'code', code: 'abc' }],
    [{ error: 'access_denied', errorReason: 'user_denied' }, { kind: 'declined' }],
    [
      { errorCode: '901', errorMessage: 'x' },
      { kind: 'misconfigured', detail: '901 x' },
    ],
    [{}, { kind: 'unavailable' }],
  ])('reads the redirect %j', (parameters, expected) => {
    expect(bench.adapter.readCallback(parameters)).toEqual(expected);
  });
});

describe('the code exchange of Instagram', () => {
  it.each([false, true])(
    'reads ids beyond 2^53 and permissions in either shape (documented: %p)',
    async (documented) => {
      bench.instagram.documented = documented;
      const tokens = await bench.exchange();
      expect(tokens).toMatchObject({ subjectId: ACCOUNT_ID, grantedScopes: bench.instagram.permissions });
      expect(bench.instagram.calls[0]).toMatchObject({ method: 'POST', path: 'api.instagram.com/oauth/access_token' });
    },
  );

  it('C93 a code that was spent before is no outage and no fault of the app', async () => {
    await bench.exchange();
    await expect(bench.exchange()).rejects.toMatchObject({ class: 'reauthorization_required', platformCode: '400' });
  });

  it('B6 a wrong app secret is the operator’s', async () => {
    const wrong = bench.adapterWith({ appSecret: new Secret('another') });
    await expect(bench.exchange(wrong)).rejects.toMatchObject({ class: 'misconfigured' });
    await expect(wrong.establish(exchangedTokens(bench.instagram.mint()))).rejects.toMatchObject({
      class: 'misconfigured',
    });
  });
});

describe('a consent at Instagram', () => {
  it.each([false, true])(
    'lasts 60 days and names the person by the app-scoped id (documented: %p)',
    async (documented) => {
      bench.instagram.documented = documented;
      const consent = await bench.establish();
      expect(consent).toMatchObject({ subjectId: '1020000000000001', subjectName: 'Harbour Café' });
      const { access, refresh } = consent.tokens;
      expect([access.issuedAt, access.expiresAt, refresh]).toEqual([NOW, new Date(NOW.getTime() + days(60)), null]);
      expect(consent.grantedScopes).toEqual(bench.instagram.permissions);
    },
  );

  it('takes what was asked for as granted where the exchange names no permissions (RFC 6749 section 5.1)', async () => {
    const consent = await bench.adapter.establish(exchangedTokens(bench.instagram.mint()));
    expect(consent.grantedScopes).toEqual(bench.adapter.scopes);
  });

  it('C10 an expiry that is not told is not known', async () => {
    bench.instagram.expiresIn = undefined;
    expect((await bench.establish()).tokens.access.expiresAt).toBeNull();
  });

  it('offers the account by its professional id, to be used with the consent’s own token', async () => {
    const [found, ...others] = await bench.adapter.discover(await bench.establish());
    expect(others).toEqual([]);
    expect(found).toMatchObject({ token: null, missingScopes: [], offered: { ...account, selectable: true } });
    expect(found?.offered.username).toBe('harbour.cafe');
  });

  it.each([
    ['Business', null],
    ['MEDIA_CREATOR', null],
    ['Media_Creator', null],
    [undefined, null],
    ['PERSONAL', 'unsupported_type'],
  ])('C52 an account of type %p: %p', async (type, unselectableReason) => {
    bench.instagram.accountType = type;
    const [found] = await bench.adapter.discover(await bench.establish());
    expect(found?.offered).toMatchObject({ unselectableReason, selectable: unselectableReason === null });
  });

  it('C36 a permission that was left out is named', async () => {
    bench.instagram.permissions = ['instagram_business_basic'];
    const [found] = await bench.adapter.discover(await bench.establish());
    expect(found).toMatchObject({
      offered: { unselectableReason: 'not_granted' },
      missingScopes: ['instagram_business_content_publish'],
    });
  });
});

describe('renewing at Instagram', () => {
  const aDayLater = async () => {
    const { tokens } = await bench.establish();
    return { ...tokens, access: { ...tokens.access, issuedAt: new Date(NOW.getTime() - hours(24)) } };
  };

  it('C16 keeps a token of less than 24 hours as it is, and asks nothing', async () => {
    const { tokens } = await bench.establish();
    const calls = bench.instagram.calls.length;
    expect(await bench.adapter.refresh(tokens)).toEqual(tokens);
    expect(bench.instagram.calls).toHaveLength(calls);
  });

  it('C12 C15 C17 C28 exchanges the access token itself for another 60 days, without the app secret', async () => {
    const tokens = await aDayLater();
    const renewed = await bench.adapter.refresh(tokens);
    expect(renewed.access.value.reveal()).not.toBe(tokens.access.value.reveal());
    expect(renewed.access.expiresAt).toEqual(new Date(NOW.getTime() + days(60)));
    expect(bench.instagram.calls.at(-1)?.parameters.has('client_secret')).toBe(false);
  });

  it('C16 L-13 is due after 24 hours of age and well before the 60 days are over', () => {
    const { policy } = bench.adapter;
    expect(policy).toMatchObject({ refreshKind: 'reexchange', refreshMinimumAgeMs: hours(24) });
    expect(policy.refreshLeadMs).toBeGreaterThan(days(7));
  });

  it('C10 C28 is due by its age where Instagram named no end', () => {
    const { refreshUnknownAfterMs } = bench.adapter.policy;
    expect(refreshUnknownAfterMs).toBeGreaterThan(hours(24));
    expect(refreshUnknownAfterMs).toBeLessThan(days(30));
  });

  it.each([
    ['Session has expired on Friday, 21-Nov-25', 'token_lapsed'],
    ['The session has been invalidated because the user changed the password', 'password_changed'],
    ['The user has not authorized application 444555666.', 'removed_in_settings'],
  ])('C09 %p without subcode is told by its text: %s', async (error, reason) => {
    const tokens = await aDayLater();
    for (const token of bench.instagram.tokens.values()) token.error = error;
    await expect(bench.adapter.refresh(tokens)).rejects.toMatchObject({ class: 'reauthorization_required', reason });
  });
});

describe('a refused renewal at Instagram', () => {
  const refresh = 'graph.instagram.com/refresh_access_token';
  const renew = async () => {
    const { tokens } = await bench.establish();
    return bench.adapter.refresh({
      ...tokens,
      access: { ...tokens.access, issuedAt: new Date(NOW.getTime() - days(2)) },
    });
  };

  it('C02 does not end what `/me` calls alive', async () => {
    bench.instagram.canned.set(refresh, graphError(190, 'Error validating access token'));
    await expect(renew()).rejects.toMatchObject({ class: 'unexpected', platformCode: '190' });
  });
});

describe('inspecting at Instagram', () => {
  const inspect = async (target: typeof account | null = account) =>
    bench.adapter.inspect({ token: (await bench.establish()).tokens.access.value, account: target });
  const meAnswers = (answer: ReturnType<typeof graphError>) =>
    bench.instagram.canned.set('graph.instagram.com/me', answer);

  it('leaves what Instagram does not tell as it was', async () => {
    expect(await inspect()).toEqual({ alive: true, missingScopes: [] });
  });

  it('C37 C41 a token of another account is dead for this one, and our storage is suspect', async () => {
    expect(await inspect({ ...account, accountId: '1' })).toMatchObject({
      alive: false,
      failure: { suspectOwnStorage: true },
    });
  });

  it.each([
    [190, 'Invalid OAuth access token', undefined, 'unknown'],
    [190, 'Session has expired', undefined, 'token_lapsed'],
    [190, 'x', 459, 'security_check'],
    [10, 'Application does not have permission for this action', undefined, 'permission_removed'],
    [100, 'Unsupported get request.', 33, 'unknown'],
  ])('C24 C29 %i %p ends it: %s', async (code, message, subcode, reason) => {
    const { tokens } = await bench.establish();
    meAnswers(graphError(code, message, subcode));
    const found = await bench.adapter.inspect({ token: tokens.access.value, account });
    expect(found).toMatchObject({ alive: false, failure: { reason } });
  });

  it.each([
    [1, 'transient'],
    [2, 'transient'],
    [4, 'rate_limited'],
    [100, 'unexpected'],
  ])('C01 C02 code %i is no verdict: %s', async (code, failureClass) => {
    const { tokens } = await bench.establish();
    meAnswers(graphError(code, 'Unsupported request - method type: get'));
    await expect(bench.adapter.inspect({ token: tokens.access.value, account })).rejects.toMatchObject({
      class: failureClass,
    });
  });
});

describe('recent posts of Instagram', () => {
  it('L-27 shows text, link, picture and time, of a video the still', async () => {
    bench.instagram.canned.set('graph.instagram.com/me/media', {
      body: `{"data":[{"id":17900000000000001,"caption":"Fresh bread","media_type":"VIDEO","media_url":"https://v.example/1.mp4",
        "thumbnail_url":"https://v.example/1.jpg","permalink":"https://www.instagram.com/p/1/","timestamp":"2025-10-09T08:53:20+0000"},
        {"id":"2","media_type":"IMAGE","media_url":"javascript:alert(1)"}]}`,
    });
    const { tokens } = await bench.establish();
    const posts = await bench.adapter.recentPosts?.({ token: tokens.access.value, account, limit: 5 });
    expect(posts).toEqual([
      {
        postId: '17900000000000001',
        text: 'Fresh bread',
        permalink: 'https://www.instagram.com/p/1/',
        imageUrl: 'https://v.example/1.jpg',
        publishedAt: NOW,
      },
      { postId: '2', text: null, permalink: null, imageUrl: null, publishedAt: null },
    ]);
  });
});

describe('taking back at Instagram', () => {
  const permissions = 'graph.instagram.com/me/permissions';

  it('B10 says that it ends every token of the person', () => {
    expect(bench.adapter.revokesWholeSubject).toBe(true);
  });

  it.each([{ body: { success: false } }, graphError(100, 'Unsupported delete request.'), graphError(190, 'Bad token')])(
    'C77 leaves it to the person where Instagram answers %j',
    async (answer) => {
      const consent = await bench.establish();
      bench.instagram.canned.set(permissions, answer);
      expect(await bench.adapter.revoke(consent)).toBe('unsupported');
      expect(await bench.adapter.revoke({ ...consent, tokens: null })).toBe('unsupported');
    },
  );

  it('C77 an outage is no answer', async () => {
    const consent = await bench.establish();
    bench.instagram.canned.set(permissions, graphError(2, 'down'));
    await expect(bench.adapter.revoke(consent)).rejects.toMatchObject({ class: 'transient' });
  });
});
