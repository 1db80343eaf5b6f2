import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { accessibilityFaults } from './accessibility.ts';
import { DEVICES, startBrowser, visit, type Visit } from './browser.ts';
import { type Stage, startStage } from './harness.ts';
import { AccountsPage } from './pages/accounts-page.ts';

let browser: Browser;
let stage: Stage;
let visitor: Visit;
let accounts: AccountsPage;

beforeAll(async () => {
  browser = await startBrowser();
});

beforeEach(async () => {
  stage = await startStage();
});

afterEach(async () => {
  await visitor.context.close();
  await stage.stop();
});

afterAll(() => browser.close());

async function come(device = DEVICES[0]!): Promise<void> {
  visitor = await visit(browser, device, stage.edgeUrl);
  accounts = new AccountsPage(visitor.page);
}

async function signedIn(device = DEVICES[0]!, path = '/'): Promise<void> {
  await come(device);
  await accounts.beginSignIn(path);
  await accounts.ready();
}

describe.each(DEVICES)('at $width px in the $scheme scheme', (device) => {
  const input = device.width < 768 ? 'finger' : 'pointer';

  it('A10 shows sign-in, list, panel and platforms accessibly and without a complaint in the console', async () => {
    await come(device);
    await visitor.page.goto('/');
    await visitor.page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await accessibilityFaults(visitor.page, input)).toEqual([]);

    await visitor.page.getByRole('button', { name: 'Sign in' }).click();
    await accounts.card('Harbour Events').waitFor();
    expect(await accessibilityFaults(visitor.page, input)).toEqual([]);
    const sideways = await visitor.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(sideways).toBeLessThanOrEqual(0);

    const panel = await accounts.openDetails('Harbour Events');
    expect(await panel.innerText()).toContain('pages_manage_metadata');
    expect(await accessibilityFaults(visitor.page, input)).toEqual([]);
    await visitor.page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });

    await visitor.page.getByRole('button', { name: 'Connect account' }).click();
    await visitor.page.getByText('Your plan does not include LinkedIn.').waitFor();
    expect(await accessibilityFaults(visitor.page, input)).toEqual([]);
    expect(visitor.complaints).toEqual([]);
  });
});

describe('the list', () => {
  it('L-26 puts what needs attention first, with reason and the action that fits', async () => {
    await signedIn();
    await accounts.card('Harbour Events').waitFor();
    const names = await accounts.names();
    expect(names.slice(0, 3)).toEqual([
      'Harbour Café Hamburg Altona and Sankt Pauli',
      'Harbour Events',
      'Harbour News',
    ]);
    expect(names).toHaveLength(8);
    await accounts.card('Harbour Events').getByRole('button', { name: 'Grant permissions: Harbour Events' }).waitFor();
    expect(await accounts.card('Harbour Café').innerText()).toContain('Connected');
    expect(await accounts.card('Harbour Café').getByRole('button').count()).toBe(2);
  });

  it('L-26 counts, filters and finds', async () => {
    await signedIn();
    await visitor.page.getByRole('button', { name: 'Needs reconnect 2' }).click();
    expect(await accounts.names()).toHaveLength(2);
    await visitor.page.getByRole('button', { name: 'All 8' }).click();
    await visitor.page.getByRole('searchbox', { name: 'Search accounts' }).fill('bakery');
    expect(await accounts.names()).toEqual(['Harbour Café Bakery']);
    await visitor.page.getByRole('searchbox', { name: 'Search accounts' }).fill('nobody');
    await visitor.page.getByRole('button', { name: 'Show all accounts' }).click();
    expect(await accounts.names()).toHaveLength(8);
  });

  it('L-03 shows an editor everything, offers no change and says who can', async () => {
    stage.world.role = 'editor';
    await signedIn();
    await accounts.card('Harbour Events').waitFor();
    await visitor.page.getByText('Owners and admins of this workspace connect').waitFor();
    expect(
      await visitor.page
        .getByRole('button', { name: /connect/i })
        .filter({ hasNotText: /\d/ })
        .count(),
    ).toBe(0);
    await visitor.page.getByRole('button', { name: 'More for Harbour Events' }).click();
    expect(await visitor.page.getByRole('menuitem').allInnerTexts()).toEqual(['View details']);
  });

  it('L-03 names the workspace that a hub admin acts in, and no other', async () => {
    await signedIn();
    expect(stage.world.acting.every((header) => header === undefined)).toBe(true);
    await visitor.page.getByRole('button', { name: /Change workspace/ }).click();
    await visitor.page.getByRole('menuitemradio', { name: /Tidewater/ }).click();
    await visitor.page.getByText('Hub admin').first().waitFor();
    await accounts.card('Harbour Events').waitFor();
    expect(stage.world.acting.at(-1)).toBe('tidewater');
  });

  it('L-26 invites the first account, or tells a viewer whom to ask', async () => {
    stage.world.connections = [];
    await signedIn();
    await visitor.page.getByRole('button', { name: 'Connect your first account' }).waitFor();
    stage.world.role = 'viewer';
    await visitor.page.reload();
    await visitor.page.getByText('Ask an owner or admin of this workspace to connect one.').waitFor();
  });

  it('shows a failure with the diagnostic id, and tries again', async () => {
    const path = 'GET /v1/workspaces/harbour-cafe/connections';
    stage.world.refusals.set(path, {
      status: 500,
      code: 'internal_error',
      detail: 'Something went wrong on our side.',
    });
    await signedIn();
    const alert = visitor.page.getByRole('alert').filter({ hasText: 'Something went wrong on our side.' });
    expect(await alert.innerText()).toContain('0f7c2a86-93d7-4bd1-a6e2-1c37ab5df0e1');
    stage.world.refusals.clear();
    await alert.getByRole('button', { name: 'Try again' }).click();
    await accounts.card('Harbour Events').waitFor();
  });
});

describe('the panel and mending', () => {
  it('L-28 opens by ?account=, also through a sign-in, and closes with the key', async () => {
    const id = stage.world.connections[0]!.id;
    await signedIn(DEVICES[0], `/?account=${id}`);
    const panel = visitor.page.getByRole('dialog', { name: 'Harbour Café' });
    await panel.getByText('you, 4 months ago').waitFor();
    await visitor.page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    expect(new URL(visitor.page.url()).search).toBe('');
  });

  it('L-27 names what the account is good for, the missing permission, the guidance and what it posted', async () => {
    await signedIn();
    const panel = await accounts.openDetails('Harbour Events');
    await panel.getByText('Publish: allowed').waitFor();
    await panel.getByText('Messages: not allowed. Missing: pages_manage_metadata').waitFor();
    await panel.getByText('Ads: not told by the platform').waitFor();
    await panel.getByText('Reconnect, and leave every permission ticked that Facebook lists.').waitFor();
    expect(await panel.getByText('Recent posts').count()).toBe(0);
    await visitor.page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    const healthy = await accounts.openDetails('Harbour Café Bakery');
    await healthy.getByText('Fresh bread from six').waitFor();
    // An address that is no web address is never a link.
    expect(await healthy.getByText('Without words').evaluate((element) => element.tagName)).toBe('SPAN');
    expect(visitor.complaints).toEqual([]);
  });

  it('L-20 says what disconnecting affects, and what came of it', async () => {
    await signedIn();
    await accounts.choose('Harbour Events', 'Disconnect');
    const dialog = visitor.page.getByRole('dialog');
    await dialog.getByText('Publishing through this account stops at once.').waitFor();
    await dialog.getByRole('button', { name: 'Disconnect', exact: true }).click();
    await dialog.getByText('Access at Facebook was kept').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await visitor.page.getByRole('button', { name: 'Disconnected 2' }).waitFor();
  });

  it('asks to sign in again where the token is no longer accepted', async () => {
    await signedIn();
    stage.world.refusals.set('GET /v1/connections', { status: 401, code: 'unauthenticated', detail: 'Not accepted.' });
    await accounts.card('Harbour Events').getByRole('button', { name: 'Harbour Events', exact: true }).click();
    await visitor.page.getByRole('heading', { name: 'Your session has ended' }).waitFor();
    stage.world.refusals.clear();
    await visitor.page.getByRole('button', { name: 'Sign in' }).click();
    await visitor.page.getByRole('dialog', { name: 'Harbour Events' }).waitFor();
  });

  it('signs out and forgets the tokens', async () => {
    await signedIn();
    await visitor.page.getByRole('button', { name: /Account of/ }).click();
    await visitor.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await visitor.page.getByRole('button', { name: 'Sign in' }).waitFor();
    const kept = await visitor.page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]));
    expect(kept).not.toContain('access_token');
  });
});
