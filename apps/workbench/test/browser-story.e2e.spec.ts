import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { days, hours } from '@mooring/contracts';
import { chromiumOrReason } from '../src/test/chromium.ts';
import { Accounts } from './browser/accounts.ts';
import { looks } from './browser/looks.ts';
import { type Stage, startStage } from './browser/stage.ts';
import { DESK_BY_DAY, PHONE_BY_NIGHT, Visitor } from './browser/visitor.ts';

const chromium = await chromiumOrReason();
const withBrowser = 'path' in chromium ? describe : describe.skip;
const PAGES = ['Harbour Café', 'Lighthouse Books', 'Studio 490'];
const [CAFE, BOOKS, STUDIO] = PAGES as [string, string, string];

let stage: Stage;
let olivia: Accounts;
let vera: Accounts;

withBrowser('the first way of a user, in a browser against the real stack', () => {
  beforeAll(async () => {
    stage = await startStage('path' in chromium ? chromium.path : '');
    olivia = await stage.visit(DESK_BY_DAY);
  }, 120_000);

  afterAll(() => stage?.stop());

  it('A1 L-05 L-26 leads from the opened page to connected Pages in six clicks, the sandbox’s own included', async () => {
    const { visitor } = olivia;
    await olivia.button('Sign in').waitFor();
    const faults = await looks(visitor, 'signed-out');
    await olivia.signIn('Olivia Owner');
    await olivia.button('Connect your first account').waitFor();
    faults.push(...(await looks(visitor, 'empty')));
    await visitor.click(olivia.button('Connect your first account'));
    const facebook = olivia.dialog('Connect an account').getByRole('button', { name: 'Facebook' });
    await facebook.waitFor();
    faults.push(...(await looks(visitor, 'platforms')));
    await visitor.click(facebook);
    await olivia.consent('Continue').waitFor();
    faults.push(...(await looks(visitor, 'facebook')));
    await visitor.click(olivia.consent('Continue'));
    const choice = olivia.dialog('Choose accounts');
    await choice.waitFor();
    for (const name of PAGES) expect(await choice.getByRole('checkbox', { name }).isChecked()).toBe(true);
    faults.push(...(await looks(visitor, 'choice')));

    expect(new URL(visitor.page.url()).hash).toBe('');
    await visitor.click(choice.getByRole('button', { name: 'Connect 3 accounts' }));
    await olivia.toast('Harbour Café, Lighthouse Books, and Studio 490 are connected.').waitFor();
    for (const name of PAGES) await olivia.card(name).getByText('Connected', { exact: true }).waitFor();
    expect(visitor.clicks).toBe(6);
    faults.push(...(await looks(visitor, 'connected')));
    expect({ faults, complaints: visitor.complaints }).toEqual({ faults: [], complaints: [] });
  });

  it('C86 shows the final state when the page is loaded again, and says nothing twice', async () => {
    const { page } = olivia.visitor;
    await page.reload();
    await olivia.card(CAFE).waitFor();
    expect(await olivia.names()).toEqual(PAGES);
    expect(await olivia.dialog().count()).toBe(0);
    expect(await olivia.toast('are connected').count()).toBe(0);
  });

  it('L-28 opens an account’s panel by its link, through a sign-in in another tab', async () => {
    await olivia.visitor.click(olivia.button(BOOKS));
    await olivia.dialog(BOOKS).getByRole('heading', { name: 'History' }).waitFor();
    const link = olivia.visitor.page.url();
    expect(new URL(link).searchParams.get('account')).toMatch(/^[0-9a-f-]{36}$/);
    await olivia.visitor.page.keyboard.press('Escape');

    const tab = new Accounts(await olivia.visitor.newTab());
    await tab.visitor.page.goto(link);
    await tab.visitor.click(tab.button('Sign in'));
    await tab.dialog(BOOKS).getByText('Fiona Marsh').waitFor();
    expect(await looks(tab.visitor, 'panel-connected')).toEqual([]);
    expect(tab.visitor.complaints).toEqual([]);
    await tab.visitor.page.close();
  });

  it('L-13 L-23 refreshes by hand and says "Access token refreshed for {account}"', async () => {
    await olivia.choose(CAFE, 'Refresh now');
    await olivia.toast('Access token refreshed for Harbour Café').waitFor();
  });

  it('L-03 shows a viewer everything and lets them change nothing, in the page and at the API', async () => {
    vera = await stage.visit(PHONE_BY_NIGHT);
    const { page } = vera.visitor;
    await vera.signIn('Vera Viewer');
    for (const name of PAGES) await vera.card(name).waitFor();
    await page.getByText('Owners and admins of this workspace connect').waitFor();
    expect(await vera.button('Connect account').count()).toBe(0);
    await page.getByRole('button', { name: `More for ${CAFE}` }).click();
    expect(await page.getByRole('menuitem').allInnerTexts()).toEqual(['View details']);
    expect(await looks(vera.visitor, 'viewer-menu')).toEqual([]);
    await page.keyboard.press('Escape');
    expect(vera.visitor.complaints).toEqual([]);

    const refused = await page.evaluate(refresh, CAFE);
    expect(refused).toEqual({ status: 403, code: 'role_not_allowed' });
    expect(vera.visitor.takeRefusals()).toEqual([403]);
  });

  it('L-20 shows what disconnecting affects, lets one keep the account, and then says what came of it', async () => {
    const { visitor } = olivia;
    await olivia.choose(STUDIO, 'Disconnect');
    const dialog = olivia.dialog(`Disconnect ${STUDIO}`);
    await dialog.getByText('2 other accounts of the same consent keep working.').waitFor();
    expect(await looks(visitor, 'disconnect')).toEqual([]);
    await visitor.click(dialog.getByRole('button', { name: 'Keep connected' }));
    await dialog.waitFor({ state: 'detached' });

    await olivia.choose(STUDIO, 'Disconnect');
    await visitor.click(dialog.getByRole('button', { name: 'Disconnect', exact: true }));
    await dialog.getByText(`${STUDIO} is disconnected.`).waitFor();
    expect(await looks(visitor, 'disconnect-done')).toEqual([]);
    await visitor.click(dialog.getByRole('button', { name: 'Done' }));
    for (const seen of [olivia, vera]) {
      await seen.button('Disconnected 1').waitFor();
      expect(await seen.names()).toEqual([CAFE, BOOKS]);
    }
    await visitor.click(olivia.button('Disconnected 1'));
    await olivia.button(`Connect again: ${STUDIO}`).waitFor();
    expect(await looks(visitor, 'disconnected')).toEqual([]);
    await visitor.click(olivia.button('All 2'));
  });

  it('L-13 L-19 L-23 a changed password, found by "Check now", is told on both cards, live in every browser', async () => {
    const { visitor } = olivia;
    await stage.changePassword('fiona');
    await visitor.page.evaluate(() => Object.assign(window, { loadedOnce: true }));
    await olivia.choose(CAFE, 'Check now');
    for (const name of [CAFE, BOOKS]) {
      await olivia.toast(`${name} expired. Please reconnect.`).waitFor();
      for (const seen of [olivia, vera]) {
        await seen.card(name).getByText('Needs reconnect').waitFor();
        await seen.card(name).getByText('Password changed').waitFor();
      }
      await olivia.button(`Reconnect: ${name}`).waitFor();
      expect(await vera.button(`Reconnect: ${name}`).count()).toBe(0);
    }
    expect(await visitor.page.evaluate(() => 'loadedOnce' in window)).toBe(true);
    expect(await olivia.names()).toEqual([CAFE, BOOKS]);
    const faults = await looks(visitor, 'needs-reconnect');
    faults.push(...(await looks(vera.visitor, 'needs-reconnect-viewer')));
    await visitor.click(olivia.button(CAFE));
    await olivia.dialog(CAFE).getByRole('heading', { name: 'History' }).waitFor();
    faults.push(...(await looks(visitor, 'panel-needs-reconnect')));
    await visitor.page.keyboard.press('Escape');
    expect({ faults, complaints: visitor.complaints }).toEqual({ faults: [], complaints: [] });
  });

  it('L-19 C86 one reconnect heals both, under the same ids, and a reload shows them healed', async () => {
    const { visitor } = olivia;
    await visitor.click(olivia.button(`Reconnect: ${CAFE}`));
    const dialog = olivia.dialog('Reconnect');
    await dialog.getByText('You may be signed in to Facebook as someone else.').waitFor();
    const faults = await looks(visitor, 'reconnect');
    await visitor.click(dialog.getByRole('button', { name: 'Continue at Facebook' }));
    await visitor.click(olivia.consent('Continue'));
    await olivia.toast(`${CAFE} is connected again. This also restored ${BOOKS}.`).waitFor();
    for (const seen of [olivia, vera]) {
      for (const name of [CAFE, BOOKS]) await seen.card(name).getByText('Connected', { exact: true }).waitFor();
    }
    faults.push(...(await looks(visitor, 'healed')));
    await visitor.page.reload();
    await olivia.card(CAFE).getByText('Connected', { exact: true }).waitFor();
    expect(await olivia.dialog().count()).toBe(0);
    const complaints = [olivia, vera].flatMap((each) => each.visitor.complaints);
    expect({ faults, complaints }).toEqual({ faults: [], complaints: [] });
  });

  it('L-23 a refresh that Facebook refuses says "Please reconnect {account}", and a reconnect mends it again', async () => {
    const { visitor } = olivia;
    await stage.changePassword('fiona');
    await olivia.choose(BOOKS, 'Refresh now');
    await olivia.toast(`Please reconnect ${BOOKS}`).waitFor();
    await visitor.click(olivia.button(`Reconnect: ${BOOKS}`));
    await visitor.click(olivia.button('Continue at Facebook'));
    await visitor.click(olivia.consent('Continue'));
    for (const name of [CAFE, BOOKS]) await olivia.card(name).getByText('Connected', { exact: true }).waitFor();
    expect(visitor.complaints).toEqual([]);
  });

  it('L-09 a declined consent says so, word for word, and leads to another try', async () => {
    const { visitor } = olivia;
    await olivia.leaveForFacebook();
    await visitor.click(olivia.consent('Cancel'));
    const dialog = olivia.dialog('Permissions are missing');
    await dialog.getByText('You declined the permissions Facebook requested.', { exact: true }).waitFor();
    expect(await looks(visitor, 'declined')).toEqual([]);
    await visitor.click(dialog.getByRole('button', { name: 'Try again' }));
    await olivia.consent('Continue').waitFor();
    expect(new URL(visitor.page.url()).searchParams.get('auth_type')).toBe('rerequest');
    expect({ statuses: visitor.takeRefusals(), complaints: visitor.complaints }).toEqual({
      statuses: [403],
      complaints: [],
    });
  });

  it('L-05 the choice survives a reload, marks what is connected, and says why a Page cannot be chosen', async () => {
    const { visitor } = olivia;
    await visitor.click(olivia.consent('Continue'));
    const choice = olivia.dialog('Choose accounts');
    await choice.waitFor();
    await visitor.page.reload();
    expect(await choice.getByRole('checkbox', { name: CAFE }).isDisabled()).toBe(true);
    await choice.getByText('Already connected in this workspace.').first().waitFor();
    await visitor.click(choice.getByRole('checkbox', { name: STUDIO }));
    expect(await choice.getByRole('button', { name: 'Connect', exact: true }).isDisabled()).toBe(true);
    expect(await looks(visitor, 'choice-marked')).toEqual([]);
    await visitor.click(choice.getByRole('button', { name: 'Not now' }));

    await olivia.leaveForFacebook();
    await visitor.click(visitor.page.getByRole('link', { name: 'Rhea Inlet' }));
    await visitor.click(olivia.consent('Continue'));
    await choice.waitFor();
    expect(await looks(visitor, 'choice-refused')).toEqual([]);
    await visitor.click(choice.getByRole('button', { name: 'Not now' }));
    expect({ refusals: visitor.takeRefusals(), complaints: visitor.complaints }).toEqual({
      refusals: [],
      complaints: [],
    });
  });

  it('L-16 A10 an account that is expiring soon says until when it works', async () => {
    const { visitor } = olivia;
    // The token of a Facebook Page has no end: here the answer to the page is changed on its way.
    await visitor.page.route('**/v1/workspaces/*/connections?*', async (route) => {
      const answer = await route.fetch();
      const { data, ...rest } = (await answer.json()) as { data: object[] };
      const deadline = { at: new Date(Date.now() + days(5) + hours(1)).toISOString(), kind: 'access_token' };
      const soon = { status: 'expiring_soon', deadline, action: 'reconnect' };
      await route.fulfill({ response: answer, json: { ...rest, data: data.map((each) => ({ ...each, ...soon })) } });
    });
    await visitor.page.reload();
    await olivia
      .card(CAFE)
      .getByText('Access ends in 5 days. Publishing still works; reconnect before then.')
      .waitFor();
    expect(await looks(visitor, 'expiring')).toEqual([]);
    expect(visitor.complaints).toEqual([]);
  });

  it('A10 the sandbox’s own page fits as well', async () => {
    const visitor = await Visitor.come(stage.browser, DESK_BY_DAY);
    await visitor.page.goto(stage.urls.sandbox);
    await visitor.page.getByText('Fiona Marsh').first().waitFor();
    expect(await looks(visitor, 'sandbox')).toEqual([]);
    expect(visitor.complaints).toEqual([]);
  });
});

/** Runs in the browser: asks the API for a refresh as the person who is signed in, whatever the page offers them. */
async function refresh(account: string): Promise<{ status: number; code: string }> {
  const key = Object.keys(sessionStorage).find((each) => each.startsWith('oidc.user:')) ?? '';
  const { access_token: token } = JSON.parse(sessionStorage.getItem(key) ?? '{}') as { access_token: string };
  const headers = { authorization: `Bearer ${token}` };
  const list = await fetch('/v1/workspaces/harbour/connections', { headers });
  const { data } = (await list.json()) as { data: { id: string; displayName: string }[] };
  const id = data.find(({ displayName }) => displayName === account)?.id;
  const answer = await fetch(`/v1/connections/${id}/refresh`, { method: 'POST', headers });
  const { code } = (await answer.json()) as { code: string };
  return { status: answer.status, code };
}
