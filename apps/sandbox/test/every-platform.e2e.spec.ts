import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Sandbox } from '../src/index.ts';
import { PLATFORMS } from '../src/platforms.ts';
import { FacebookDriver, startSandbox } from './facebook-driver.ts';

/** An address for tokens and one for calls, of each platform. */
const ADDRESSES: Record<string, { token: string; api: string }> = {
  facebook: { token: 'graph.facebook.com/v25.0/oauth/access_token', api: 'graph.facebook.com/v25.0/me' },
  instagram: { token: 'api.instagram.com/oauth/access_token', api: 'graph.instagram.com/v25.0/me' },
  linkedin: { token: 'www.linkedin.com/oauth/v2/accessToken', api: 'api.linkedin.com/v2/userinfo' },
  tiktok: { token: 'open.tiktokapis.com/v2/oauth/token/', api: 'open.tiktokapis.com/v2/user/info/' },
  x: { token: 'api.x.com/2/oauth2/token', api: 'api.x.com/2/users/me' },
};

let sandbox: Sandbox;
let control: FacebookDriver['control'];

beforeAll(async () => {
  sandbox = await startSandbox();
  const facebook = new FacebookDriver(sandbox.url);
  control = facebook.control.bind(facebook);
});
beforeEach(() => control('POST', 'reset'));
afterAll(() => sandbox.close());

it('every platform of the list has its addresses here', () => {
  expect(Object.keys(ADDRESSES).sort()).toEqual(PLATFORMS.map(({ name }) => name).sort());
});

describe.each(Object.entries(ADDRESSES))('%s', (platform, { token, api }) => {
  const askToken = (signal?: AbortSignal) => {
    const body = new URLSearchParams({ grant_type: 'authorization_code', code: 'x' });
    return fetch(`${sandbox.url}/${token}`, { method: 'POST', body, signal });
  };
  const askApi = () => fetch(`${sandbox.url}/${api}`, { headers: { authorization: 'Bearer nonsense' } });
  const fault = (body: object) => control('PUT', `${platform}/fault`, body);

  it.each(['500', '502', '503', '504', '429'])('%s', async (name) => {
    await fault({ fault: name });
    expect([(await askToken()).status, (await askApi()).status]).toEqual([Number(name), Number(name)]);
  });

  it('429-retry-after', async () => {
    await fault({ fault: '429-retry-after' });
    expect((await askApi()).headers.get('retry-after')).toBe('30');
  });

  it('reset, lost-answer and hang: no answer comes', async () => {
    for (const name of ['reset', 'lost-answer']) {
      await fault({ fault: name });
      await expect(askToken()).rejects.toThrow();
      await expect(askApi()).rejects.toThrow();
    }
    await fault({ fault: 'hang' });
    await expect(askToken(AbortSignal.timeout(100))).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it.each(['truncated', 'html'])('%s: nothing that can be parsed', async (name) => {
    await fault({ fault: name });
    for (const reply of [await askToken(), await askApi()]) {
      const text = await reply.text();
      expect(() => void JSON.parse(text)).toThrow(SyntaxError);
    }
  });

  it('error-200: an error in the platform’s own form, with HTTP 200', async () => {
    await fault({ fault: 'error-200' });
    for (const reply of [await askToken(), await askApi()]) {
      expect([reply.status, JSON.stringify(await reply.json())]).toEqual([200, expect.stringContaining('error')]);
    }
  });

  it('limits a fault to kinds of calls and to a number of times, and counts calls by kind', async () => {
    await fault({ fault: '503', calls: ['token'], times: 1 });
    const statuses = [(await askApi()).status, (await askToken()).status, (await askToken()).status];
    expect(statuses.map((status) => status === 503)).toEqual([false, true, false]);
    const { totals } = (await control('GET', `${platform}/requests`)).body;
    expect(totals.kinds['token.code']).toBe(2);
  });

  it('describes its people by the same names', async () => {
    const { people } = (await control('GET', platform)).body as { people: object[] };
    const names = [
      'id',
      'subjectId',
      'name',
      'about',
      'connected',
      'suspended',
      'scopes',
      'accounts',
      'liveTokenCount',
    ];
    for (const person of people) expect(Object.keys(person)).toEqual(expect.arrayContaining(names));
  });

  it.each(['app-removed', 'password-changed', 'suspended', 'deleted', 'access-expired', 'restore'])(
    'knows the act %s',
    async (act) => {
      const { people } = (await control('GET', platform)).body as { people: { id: string }[] };
      expect((await control('POST', `${platform}/people/${people[0]!.id}/${act}`)).status).toBe(200);
    },
  );

  it('stands on the control page with its people and accounts', async () => {
    const panel = await (await fetch(`${sandbox.url}/panel`)).text();
    const { people } = (await control('GET', platform)).body as { people: { id: string }[] };
    expect(people.length).toBeGreaterThanOrEqual(2);
    for (const { id } of people) expect(panel).toContain(`/control/${platform}/people/${id}/restore`);
    expect(panel).toContain(`data-path="/control/${platform}/fault"`);
    expect(JSON.stringify(people)).toContain('490');
  });
});
