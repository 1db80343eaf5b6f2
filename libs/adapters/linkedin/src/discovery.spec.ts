import { describe, expect, it } from '@jest/globals';
import { PlayedBench } from '../test/played-bench.ts';
import { apiError, SCOPES, VERSION } from '../test/played-linkedin.ts';

const bench = new PlayedBench();
const org = (id: number | string) => `urn:li:organization:${id}`;
const row = (organization: string, role = 'ADMINISTRATOR', state = 'APPROVED') => ({ role, state, organization });

async function offers(...roles: object[]) {
  bench.linkedin.roles = roles;
  const found = await bench.adapter.discover(await bench.establish());
  return found.map(({ offered }) => `${offered.accountId} ${offered.unselectableReason ?? 'selectable'}`);
}

describe('discovery', () => {
  it('names Pages by their own names, with neither token nor picture of their own', async () => {
    const [account] = await bench.adapter.discover(await bench.establish());
    expect(account).toMatchObject({
      offered: {
        accountId: '490001',
        kind: 'linkedin_organization',
        displayName: 'Harbour Café',
        username: 'harbour-cafe',
        avatarUrl: null,
        selectable: true,
      },
      token: null,
      grantedScopes: SCOPES,
      missingScopes: [],
    });
  });

  it('asks with version, protocol and a bearer header, and for approved roles only', async () => {
    await bench.adapter.discover(await bench.establish());
    const call = bench.linkedin.calls.find(({ path }) => path === 'rest/organizationAcls');
    expect(call?.headers).toMatchObject({ 'linkedin-version': VERSION, 'x-restli-protocol-version': '2.0.0' });
    expect(call?.search).toBe('?q=roleAssignee&state=APPROVED&start=0&count=100');
  });

  it.each([true, false])(
    'C47 C50 reads every portion, and names in portions; without links %p',
    async (withoutLinks) => {
      bench.linkedin.withoutLinks = withoutLinks;
      const ids = Array.from({ length: 230 }, (_, index) => 490_000 + index);
      const found = await offers(...ids.map((id) => row(org(id))));
      expect(found).toEqual(ids.map((id) => `${id} selectable`));
      const paths = bench.linkedin.calls.map(({ path }) => path);
      expect(paths.filter((path) => path === 'rest/organizationAcls')).toHaveLength(3);
      expect(paths.filter((path) => path === 'rest/organizationsLookup')).toHaveLength(5);
    },
  );

  it('C50 skips nothing where LinkedIn gives smaller portions than it was asked for', async () => {
    bench.linkedin.portion = 2;
    const found = await offers(...['1', '2', '3', '4', '5'].map((id) => row(org(id))));
    expect(found).toEqual(['1', '2', '3', '4', '5'].map((id) => `${id} selectable`));
  });

  it('C50 no Page at all is an empty list, not a failure, and no name is asked for', async () => {
    expect(await offers()).toEqual([]);
    expect(bench.linkedin.calls.at(-1)?.path).toBe('rest/organizationAcls');
  });

  it('C51 C83 offers a Page once, by the best of its roles, and says which are too low', async () => {
    const found = await offers(
      row(org(1), 'CURATOR'),
      row(org(1)),
      row(org(2), 'CONTENT_ADMINISTRATOR'),
      row(org(3), 'CONTENT_ADMIN'),
      row(org(4), 'DIRECT_SPONSORED_CONTENT_POSTER'),
      row(org(5), 'ANALYST'),
      row(org(6), 'RECRUITING_POSTER'),
      row(org(6), 'LEAD_GEN_FORMS_MANAGER'),
    );
    const selectable = ['1', '2', '3', '4'].map((id) => `${id} selectable`);
    expect(found).toEqual([...selectable, '5 role_too_low', '6 role_too_low']);
  });

  it('offers no Page whose role was taken away or only asked for', async () => {
    expect(await offers(row(org(1), 'ADMINISTRATOR', 'REVOKED'), row(org(2), 'ADMINISTRATOR', 'REQUESTED'))).toEqual(
      [],
    );
    expect(await offers(row(org(1), 'ADMINISTRATOR', 'REVOKED'), row(org(1), 'ANALYST'))).toEqual(['1 role_too_low']);
  });

  it.each(['organization', 'organizationTarget', 'organizationalTarget'])(
    'finds the Page in the field %s',
    async (field) => {
      expect(await offers({ role: 'ADMINISTRATOR', [field]: org(7) })).toEqual(['7 selectable']);
    },
  );

  it('C54 lists showcase pages, named even where LinkedIn tells no name', async () => {
    bench.linkedin.roles = [row('urn:li:organizationBrand:9'), row(org(8))];
    const found = await bench.adapter.discover(await bench.establish());
    expect(found.map(({ offered }) => [offered.displayName, offered.selectable])).toEqual([
      ['Showcase page 9', true],
      ['Company Page 8', true],
    ]);
  });

  it('C41 never offers the person’s own profile', async () => {
    expect(await offers(row('urn:li:person:AbC123'), row(''), { role: 'ADMINISTRATOR' })).toEqual([]);
  });

  it('C55 keeps ids beyond 2^53 as they are', async () => {
    expect(await offers(row(org('9007199254740993')))).toEqual(['9007199254740993 selectable']);
  });

  it('C36 offers nothing to choose where a required scope was not granted, and names it', async () => {
    const grantedScopes = SCOPES.filter((scope) => scope !== 'w_organization_social');
    const [account] = await bench.adapter.discover(await bench.establish({ grantedScopes }));
    expect(account).toMatchObject({
      offered: { selectable: false, unselectableReason: 'not_granted' },
      missingScopes: ['w_organization_social'],
    });
  });

  it('C40 a refusal of the list is a missing permission, an outage is none', async () => {
    const denied = apiError(403, 100, 'ACCESS_DENIED', 'Not enough permissions to access: organizationAcls');
    bench.linkedin.canned.set('rest/organizationAcls', denied);
    await expect(offers(row(org(1)))).rejects.toMatchObject({ class: 'permission_missing' });
    bench.linkedin.canned.clear();
    bench.linkedin.canned.set('rest/organizationsLookup', { status: 503, body: '' });
    await expect(offers(row(org(1)))).rejects.toMatchObject({ class: 'transient' });
  });

  it('C46 a retired version is the operator’s', async () => {
    const consent = await bench.establish();
    const outdated = bench.adapterWith({ version: '202401' });
    await expect(outdated.discover(consent)).rejects.toMatchObject({ class: 'misconfigured' });
  });
});
