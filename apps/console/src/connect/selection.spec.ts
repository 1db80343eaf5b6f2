import { describe, expect, it } from '@jest/globals';
import { connection, demoOffers, type Schemas } from '../../test/mock/accounts.ts';
import { aboutOf, countingFor, identityOf, labelOf, outcomeText, preselected, selectionText } from './selection.ts';

const session: Schemas['ConnectSessionView'] = {
  id: '0196f0f6-7cf0-7a53-9d12-1d2f0a7f3a01',
  workspaceId: 'harbour-cafe',
  platform: 'facebook',
  purpose: 'connect',
  connectionId: null,
  state: 'done',
  expiresAt: '2026-01-01T00:00:00Z',
  failure: null,
};

const at = (plan: { limit: number; used: number }) => ({ session, plan: { plan: 'starter', ...plan } });

describe('choice of accounts', () => {
  it('L-05 ticks everything that may be chosen, and nothing else', () => {
    const ticked = preselected(demoOffers(), at({ limit: 25, used: 8 }));
    expect([...ticked]).toEqual(['facebook_page:901', 'facebook_page:902']);
  });

  it('L-04 ticks no more than the plan has room for', () => {
    expect(preselected(demoOffers(), at({ limit: 9, used: 8 })).size).toBe(1);
    expect(preselected(demoOffers(), at({ limit: 2, used: 8 })).size).toBe(0);
  });

  it('L-06 leaves ad accounts to the person, and counts none of them for the plan', () => {
    const ads = 'meta_ad_account:act_905';
    const ticked = preselected(demoOffers(), at({ limit: 25, used: 8 }));
    expect(ticked.has(ads)).toBe(false);
    expect(countingFor(demoOffers(), new Set([...ticked, ads]))).toBe(ticked.size);
  });

  it('L-05 leaves Instagram accounts behind Pages to the person, by their handles, for they often bear the Page’s name', () => {
    const [page] = demoOffers();
    const behind = {
      ...page!,
      kind: 'instagram_page_account',
      kindName: 'Instagram account',
      platform: 'instagram',
      username: 'tide.water',
    };
    expect(preselected([behind], at({ limit: 25, used: 0 })).size).toBe(0);
    expect([labelOf(page!, session), aboutOf(page!, session)]).toEqual([
      'Tidewater Bistro',
      '@tidewater · Facebook Page',
    ]);
    expect([labelOf(behind, session), aboutOf(behind, session)]).toEqual([
      '@tide.water',
      'Tidewater Bistro · Instagram account',
    ]);
  });

  it('tells accounts of two kinds with one id apart', () => {
    expect(identityOf({ accountId: '1', kind: 'facebook_page' })).not.toBe(
      identityOf({ accountId: '1', kind: 'instagram_account' }),
    );
  });

  it('names the number on the button', () => {
    expect([0, 1, 2].map(selectionText)).toEqual(['Connect', 'Connect 1 account', 'Connect 2 accounts']);
  });

  it('L-19 says which siblings a reconnect has healed', () => {
    const asked = connection({ displayName: 'Harbour Café' });
    const sibling = connection({ displayName: 'Bakery' });
    const reconnected = { ...session, purpose: 'reconnect' as const, connectionId: asked.id };
    expect(outcomeText({ session: reconnected, connections: [sibling, asked] })).toBe(
      'Harbour Café is connected again. This also restored Bakery.',
    );
    expect(outcomeText({ session, connections: [asked, sibling] })).toBe('Harbour Café and Bakery are connected.');
  });

  it('L-05 tells a Page and the Instagram account of its name apart once they are connected', () => {
    const both = [
      connection({ displayName: 'Bakery' }),
      connection({ displayName: 'Bakery', platform: 'instagram', kind: 'instagram_page_account' }),
    ];
    expect(outcomeText({ session, connections: both })).toBe(
      'Bakery – Facebook Page and Bakery – Instagram account are connected.',
    );
  });
});
