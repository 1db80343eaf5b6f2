import type { GrantStateData } from '@mooring/contracts';
import { ConnectDriver } from './connect-driver.ts';
import { CANARY_TOKEN } from './fake-facebook.ts';
import { GatewayFixture } from './gateway-fixture.ts';
import { attemptBy, eventOf, next, SCOPES, WORKSPACE } from './grant-states.ts';

interface Capability {
  readonly capability: string;
  readonly state: string;
  readonly missingScopes: readonly string[];
}

describe('what a connection is good for, what mends it, what it posted', () => {
  const fixture = new GatewayFixture();
  beforeAll(() => fixture.start(), 90_000);
  afterAll(() => fixture.stop());
  beforeEach(() => fixture.clear());

  const grant = (): GrantStateData => [...fixture.vault.grants.values()].at(-1) as GrantStateData;
  const detail = async (id = '') =>
    (
      await fixture.call<Record<string, unknown> & { capabilities: Capability[] }>(
        'victor',
        `GET /v1/connections/${id}`,
      )
    ).body;
  const stateOf = ({ capabilities }: { capabilities: Capability[] }, name: string) =>
    capabilities.find(({ capability }) => capability === name);

  async function connected(change: Parameters<typeof next>[1] = {}): Promise<string> {
    const [connection] = await new ConnectDriver(fixture).connect('1');
    const inspected = { grant: next(grant(), change), attempt: attemptBy('schedule'), answered: true, failure: null };
    await fixture.deliver(eventOf('TokenInspected', inspected.grant.grantId, inspected));
    return connection?.id ?? '';
  }

  it('L-27 C42 shows before use what the permissions are enough for, and names those that are missing', async () => {
    const found = await detail(await connected({ grantedScopes: SCOPES, missingScopes: [] }));
    expect(stateOf(found, 'publish')).toEqual({ capability: 'publish', state: 'granted', missingScopes: [] });
    expect(stateOf(found, 'comments')).toEqual({
      capability: 'comments',
      state: 'missing',
      missingScopes: ['pages_manage_engagement', 'pages_read_user_content'],
    });
    expect(found).toMatchObject({ grantedScopes: SCOPES, guidance: null });
  });

  it('C36 has a third value: what the platform does not say is neither granted nor missing', async () => {
    const found = await detail(await connected({ grantedScopes: [], missingScopes: [] }));
    expect(new Set(found.capabilities.map(({ state }) => state))).toEqual(new Set(['unknown']));
  });

  it('C36 takes what the platform names as missing for missing, though nothing is granted', async () => {
    const found = await detail(await connected({ grantedScopes: [], missingScopes: ['pages_manage_posts'] }));
    expect(stateOf(found, 'publish')?.state).toBe('missing');
  });

  it.each([
    ['password_changed', 'reconnect'],
    ['permission_removed', 'grant_permissions'],
    ['role_lost', 'restore_role'],
    ['security_check', 'open_platform'],
    ['account_suspended', 'contact_support'],
    ['key_unavailable', 'reconnect'],
  ] as const)('L-15 %s has words that say what to do at the platform, with the action', async (reason, action) => {
    const since = fixture.clock.now().toISOString();
    const found = await detail(await connected({ cutOff: { reason, since } }));
    expect(found).toMatchObject({ status: 'needs_reconnect', guidance: { action, text: expect.any(String) } });
    const { text } = found['guidance'] as { text: string };
    expect(text.length).toBeGreaterThan(20);
    expect(text).not.toMatch(/[{}]/);
  });

  it('L-27 shows recent posts, which the vault asks for', async () => {
    const id = await connected();
    const post = { text: 'Fresh bread', permalink: 'https://platform.test/9', imageUrl: null, publishedAt: null };
    fixture.vault.posts = [{ postId: '12345678901234567890_9', ...post }];
    expect(await detail(id)).toMatchObject({ showsPosts: true });
    for (const who of ['victor', 'service']) {
      const { status, body } = await fixture.call(who, `GET /v1/connections/${id}/posts?limit=3`);
      expect(status).toBe(200);
      expect(body).toEqual({ data: [{ id: '12345678901234567890_9', ...post }] });
    }
    expect(fixture.vault.postsAsked).toEqual(
      Array(2).fill(`/internal/connections/${id}/posts?workspaceId=${WORKSPACE}&limit=3`),
    );
    expect((await fixture.call('victor', `GET /v1/connections/${id}/posts?limit=26`)).status).toBe(422);
    expect((await fixture.call('mallory', `GET /v1/connections/${id}/posts`)).status).toBe(404);
  });

  it('hands on why the vault gives no posts', async () => {
    const id = await connected();
    const parameters = { Reason: 'Password changed' };
    fixture.vault.refusal = { status: 409, body: { code: 'connection_not_usable', status: 409, parameters } };
    const refused = await fixture.call('olga', `GET /v1/connections/${id}/posts`);
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({
      code: 'connection_not_usable',
      detail: 'The connection cannot be used: Password changed.',
    });
    fixture.vault.unreachable();
    expect((await fixture.call('olga', `GET /v1/connections/${id}/posts`)).body['code']).toBe('vault_unavailable');
  });

  it('says so where the platform lets no app read posts, and for a connection that was disconnected', async () => {
    const id = await connected();
    fixture.vault.refusal = { status: 404, body: { code: 'not_supported', status: 404, detail: 'x' } };
    expect((await fixture.call('olga', `GET /v1/connections/${id}/posts`)).status).toBe(404);
    fixture.vault.refusal = null;
    await fixture.call('olga', `DELETE /v1/connections/${id}`);
    const { status, body: gone } = await fixture.call('olga', `GET /v1/connections/${id}/posts`);
    expect([status, gone['code']]).toEqual([409, 'connection_disconnected']);
  });

  it('C90 shows no token in any answer about a connection', async () => {
    const id = await connected();
    const paths = ['', '/posts', '/events', '/disconnect-preview'];
    const answers = await Promise.all(paths.map((path) => fixture.call('olga', `GET /v1/connections/${id}${path}`)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(JSON.stringify(answers.map(({ body }) => body))).not.toContain(CANARY_TOKEN);
  });
});
