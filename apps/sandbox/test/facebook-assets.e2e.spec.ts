import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Sandbox } from '../src/index.ts';
import { FacebookDriver, startSandbox } from './facebook-driver.ts';

const DAY_MS = 86_400_000;
const HARBOUR = { page: '100200300400501', instagram: '17841400000010501' };
const ACT = 'act_400490300200101';
const SCOPE = 'pages_show_list,pages_read_engagement,instagram_basic,ads_read';

let sandbox: Sandbox;
let facebook: FacebookDriver;

beforeAll(async () => {
  sandbox = await startSandbox();
  facebook = new FacebookDriver(sandbox.url);
});
beforeEach(() => facebook.control('POST', 'reset'));
afterAll(() => sandbox.close());

describe('Instagram through its Page', () => {
  async function pageToken(scope = SCOPE): Promise<string> {
    const pages = await facebook.pageTokens(await facebook.longToken({ scope }));
    return pages.find(({ id }) => id === HARBOUR.page)?.access_token ?? '';
  }

  it('is read with the Page’s token, and so are its posts', async () => {
    const token = await pageToken();
    const node = await facebook.as(token, 'GET', HARBOUR.instagram, { fields: 'id,username' });
    expect(node.body).toEqual({ id: HARBOUR.instagram, username: 'harbour.cafe' });
    const media = await facebook.as(token, 'GET', `${HARBOUR.instagram}/media`, { fields: 'id,caption', limit: '2' });
    expect(media.body.data).toHaveLength(2);
    expect(media.body.paging).toHaveProperty('next');
  });

  it('needs instagram_basic, and the right Page', async () => {
    const without = await pageToken('pages_show_list');
    expect((await facebook.as(without, 'GET', HARBOUR.instagram)).body.error.code).toBe(10);
    expect((await facebook.as(await pageToken(), 'GET', '17841400000010490')).body.error.code).toBe(100);
  });

  it('goes dark when the data access ends, while the token stays valid', async () => {
    const token = await pageToken();
    const read = () => facebook.as(token, 'GET', HARBOUR.instagram);
    await facebook.control('POST', 'clock', { offsetMs: 91 * DAY_MS });
    expect((await read()).body.error.code).toBe(10);
    expect((await facebook.as(token, 'GET', `${HARBOUR.page}/posts`)).status).toBe(200);
    expect((await facebook.debug(token)).is_valid).toBe(true);
    await facebook.control('PUT', 'facebook/switches', { dataAccessEnds: false });
    expect((await read()).status).toBe(200);
  });
});

describe('ad accounts and pixels', () => {
  it('are listed with their state', async () => {
    const user = await facebook.longToken({ scope: SCOPE });
    const list = await facebook.as(user, 'GET', 'me/adaccounts', { fields: 'id,account_id,name,account_status' });
    expect(list.body.data).toEqual([
      { id: ACT, account_id: '400490300200101', name: 'Harbour Ads', account_status: 1 },
      expect.objectContaining({ name: 'Old campaigns', account_status: 2 }),
    ]);
    const pixels = await facebook.as(user, 'GET', `${ACT}/adspixels`, { fields: 'id,name' });
    expect(pixels.body.data).toContainEqual({ id: '500490300200101', name: 'Harbour shop pixel' });
    expect((await facebook.as(user, 'GET', '500490300200101', { fields: 'name' })).body.name).toBe(
      'Harbour shop pixel',
    );
  });

  it('need ads_read, and a role', async () => {
    const without = await facebook.longToken({ scope: 'pages_show_list' });
    expect((await facebook.as(without, 'GET', 'me/adaccounts')).body.error.code).toBe(200);
    const user = await facebook.longToken({ scope: SCOPE });
    await facebook.control('POST', 'facebook/people/fiona/accounts/400490300200101/role-lost');
    expect((await facebook.as(user, 'GET', ACT)).body.error).toMatchObject({ code: 100, error_subcode: 33 });
  });
});

describe('Meta’s own faults by name', () => {
  const me = () => facebook.graph('GET', 'me');

  it.each([458, 459, 460, 463, 464, 467, 492])('meta-190-%i', async (subcode) => {
    await facebook.control('PUT', 'facebook/fault', { fault: `meta-190-${subcode}` });
    expect((await me()).body.error).toMatchObject({ code: 190, error_subcode: subcode });
  });

  it.each([10, 200, 368, 1, 2, 4, 17, 32, 613])('meta-%i', async (code) => {
    await facebook.control('PUT', 'facebook/fault', { fault: `meta-${code}` });
    expect((await me()).body.error.code).toBe(code);
  });

  it('accounts-empty: no Pages in the list, though the token names them', async () => {
    const user = await facebook.longToken();
    await facebook.control('PUT', 'facebook/fault', { fault: 'accounts-empty' });
    expect((await facebook.as(user, 'GET', 'me/accounts')).body).toEqual({ data: [] });
    const named = (await facebook.debug(user)).granular_scopes as { scope: string; target_ids?: string[] }[];
    expect(named.find(({ scope }) => scope === 'pages_show_list')?.target_ids).toContain(HARBOUR.page);
    expect((await facebook.as(user, 'GET', HARBOUR.page, { fields: 'access_token' })).status).toBe(200);
  });

  it('page-without-token: Pages come without access_token', async () => {
    const user = await facebook.longToken();
    await facebook.control('PUT', 'facebook/fault', { fault: 'page-without-token' });
    const { data } = (await facebook.as(user, 'GET', 'me/accounts')).body as { data: object[] };
    expect(data).toHaveLength(3);
    for (const page of data) expect(page).not.toHaveProperty('access_token');
  });

  it('lost-answer on the long-lived exchange; calls are counted by kind', async () => {
    const short = await facebook.shortToken();
    await facebook.control('PUT', 'facebook/fault', { fault: 'lost-answer', calls: ['token.exchange'], times: 1 });
    await expect(facebook.exchangeToken(short)).rejects.toThrow();
    expect((await facebook.exchangeToken(short)).status).toBe(200);
    const { totals } = (await facebook.control('GET', 'facebook/requests')).body;
    expect(totals.kinds).toMatchObject({ authorize: 1, 'token.code': 1, 'token.exchange': 2 });
  });
});

describe('what all platforms have in common', () => {
  it.each([
    ['suspended', 459],
    ['deleted', 458],
    ['access-expired', 463],
  ])('%s: 190/%i', async (act, subcode) => {
    const user = await facebook.longToken();
    await facebook.control('POST', `facebook/people/fiona/${act}`);
    expect((await facebook.as(user, 'GET', 'me')).body.error).toMatchObject({ code: 190, error_subcode: subcode });
  });

  it('config_id takes the place of scope, and all of it is given', async () => {
    const form = { boxes: '1', permissions: ['pages_show_list'] };
    const options = { scope: 'email', query: { config_id: '490', return_scopes: 'true' }, form };
    const { searchParams } = await facebook.submitDialog(options);
    expect(searchParams.get('granted_scopes')?.split(',')).toEqual(
      expect.arrayContaining(['pages_manage_posts', 'business_management']),
    );
    expect(searchParams.get('denied_scopes')).toBe('');
  });
});
