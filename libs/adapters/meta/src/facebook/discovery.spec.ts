import { describe, expect, it } from '@jest/globals';
import { NOW, PlayedBench } from '../../test/played-bench.ts';
import { graphError, type PlayedPage } from '../../test/played-graph.ts';

const bench = new PlayedBench();

async function offers(...pages: PlayedPage[]) {
  bench.graph.pages = pages;
  const found = await bench.adapter.discover(await bench.establish());
  return found.map(({ offered }) => `${offered.accountId} ${offered.unselectableReason ?? 'selectable'}`).sort();
}

describe('discovery', () => {
  it('C47 C50 follows every portion, by cursor', async () => {
    const pages = Array.from({ length: 7 }, (_, index) => ({ id: String(490 + index), name: `Page ${index}` }));
    expect(await offers(...pages)).toEqual(pages.map(({ id }) => `${id} selectable`));
    expect(bench.graph.calls.filter(({ path }) => path === 'me/accounts')).toHaveLength(4);
  });

  it('C49 finds Pages of portfolios and Pages that only the consent names', async () => {
    bench.graph.granular = [{ scope: 'pages_show_list', target_ids: ['1', '2', '3', '4'] }];
    const found = await offers(
      { id: '1', via: 'owned_pages' },
      { id: '2', via: 'client_pages' },
      { id: '3', via: 'direct' },
      { id: '4' },
    );
    expect(found).toEqual(['1 selectable', '2 selectable', '3 selectable', '4 selectable']);
  });

  it('prefers the copy that has a token', async () => {
    expect(await offers({ id: '1', token: false }, { id: '1', via: 'owned_pages' })).toEqual(['1 selectable']);
  });

  it('goes on without a portfolio that refuses, and stops at an outage', async () => {
    bench.graph.canned.set('900490900/owned_pages', graphError(10, 'no'));
    expect(await offers({ id: '1' })).toEqual(['1 selectable']);
    bench.graph.canned.set('900490900/owned_pages', graphError(2, 'down'));
    await expect(offers({ id: '1' })).rejects.toMatchObject({ class: 'transient' });
  });

  it('C51 C83 gives every Page that cannot be chosen its reason', async () => {
    bench.graph.granular = [{ scope: 'pages_manage_posts', target_ids: ['1', '2', '3'] }];
    const found = await offers(
      { id: '1', tasks: ['ANALYZE', 'MODERATE'] },
      { id: '2', token: false },
      { id: '3', tasks: ['MANAGE'] },
      { id: '4', tasks: ['CREATE_CONTENT'] },
    );
    expect(found).toEqual(['1 role_too_low', '2 no_token', '3 selectable', '4 not_granted']);
  });

  it('C36 offers nothing to choose where a required permission was unticked, and names it', async () => {
    bench.graph.scopes = ['pages_show_list', 'pages_read_engagement'];
    const [account] = await bench.adapter.discover(await bench.establish());
    expect(account).toMatchObject({
      offered: { unselectableReason: 'not_granted' },
      missingScopes: ['pages_manage_posts'],
    });
  });

  it('C37 C55 offers no Page with the token of another', async () => {
    expect(await offers({ id: '1', tokenOf: '2' })).toEqual(['1 no_token']);
  });

  it('keeps the Page’s own clocks, names and picture', async () => {
    const [account] = await bench.adapter.discover(await bench.establish());
    expect(account?.token).toMatchObject({ issuedAt: NOW, expiresAt: null, dataAccessExpiresAt: null });
    expect(account?.offered).toMatchObject({
      accountId: '100200300400490',
      displayName: 'Harbour Café',
      avatarUrl: 'https://scontent.example/100200300400490.png',
    });
  });

  it('C50 no Page at all is an empty list, not a failure', async () => {
    expect(await offers()).toEqual([]);
  });
});
