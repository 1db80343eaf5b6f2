import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
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
  visitor = await visit(browser, DEVICES[0]!, stage.edgeUrl);
  accounts = new AccountsPage(visitor.page);
  await accounts.beginSignIn();
  await accounts.ready();
});

afterEach(async () => {
  await visitor.context.close();
  await stage.stop();
});

afterAll(() => browser.close());

describe('connecting', () => {
  it('L-05 goes from platform to choice to connected; the code leaves the address, a reload shows the end', async () => {
    await accounts.beginConnecting('Facebook');
    const dialog = visitor.page.getByRole('dialog', { name: 'Choose accounts' });
    await dialog.waitFor();
    expect(new URL(visitor.page.url()).hash).toBe('');
    expect(await dialog.getByRole('checkbox', { name: 'Tidewater Bistro' }).isChecked()).toBe(true);
    expect(await dialog.getByRole('checkbox', { name: 'Old Lighthouse' }).isDisabled()).toBe(true);
    await dialog.getByText('You lack the task to create content on this Page.').waitFor();
    await dialog.getByText('Already connected in this workspace.').waitFor();

    await visitor.page.reload();
    await dialog.getByRole('button', { name: 'Connect 2 accounts' }).click();
    await accounts.toast('Tidewater Bistro and Tidewater Catering are connected.').waitFor();
    await accounts.card('Tidewater Bistro').waitFor();

    await visitor.page.reload();
    await accounts.card('Tidewater Catering').waitFor();
    expect(await visitor.page.getByRole('dialog').count()).toBe(0);
    expect(visitor.complaints).toEqual([]);
  });

  it('L-06 lets ad accounts be picked beside the accounts, without a place of the plan', async () => {
    stage.world.plan = { plan: 'starter', limit: 10, used: 8 };
    await accounts.beginConnecting('Facebook');
    await visitor.page.getByRole('heading', { name: 'These take no place of your plan' }).waitFor();
    expect(await visitor.page.getByRole('checkbox', { name: 'Tidewater ads' }).isChecked()).toBe(false);
    await visitor.page.getByRole('checkbox', { name: 'Tidewater ads' }).check();
    expect(await visitor.page.getByRole('button', { name: 'Connect 3 accounts' }).isEnabled()).toBe(true);
  });

  it('L-04 offers no more than the plan has room for', async () => {
    stage.world.plan = { plan: 'starter', limit: 9, used: 8 };
    await accounts.beginConnecting('Facebook');
    await visitor.page.getByRole('button', { name: 'Connect 1 account' }).waitFor();
    await visitor.page.getByRole('checkbox', { name: 'Tidewater Catering' }).check();
    await visitor.page.getByText('Your plan has room for 1 more.').waitFor();
    expect(await visitor.page.getByRole('button', { name: 'Connect 2 accounts' }).isDisabled()).toBe(true);
  });

  it('L-01 L-04 L-07 shows requirements, and why a platform cannot be chosen', async () => {
    await visitor.page.getByRole('button', { name: 'Connect account' }).click();
    const dialog = visitor.page.getByRole('dialog');
    await dialog.getByText('Full control of the Page').waitFor();
    expect(await dialog.getByRole('button', { name: /^LinkedIn/ }).isDisabled()).toBe(true);
    await dialog.getByText('Your plan does not include LinkedIn.').waitFor();
    expect(await dialog.getByRole('button', { name: /Telegram.*Coming soon/ }).isDisabled()).toBe(true);
  });

  it('L-19 reconnects with a hint about the person, and tells which siblings were healed', async () => {
    await accounts.choose('Harbour Events', 'Reconnect');
    await visitor.page.getByText('You may be signed in to Facebook as someone else.').waitFor();
    await visitor.page.getByRole('button', { name: 'Continue at Facebook' }).click();
    await accounts
      .toast('Harbour Events is connected again. This also restored Harbour Café Hamburg Altona and Sankt Pauli.')
      .waitFor();
    await visitor.page.getByRole('button', { name: 'Connected 7' }).waitFor();
  });

  it.each([
    ['security_check_failed', 400, 'Security check failed. Please try connecting again.', 'Try again'],
    ['link_expired', 410, 'The connection link expired.', 'Try again'],
    ['session_changed', 403, 'Your session changed during the connection.', 'Try again'],
    ['permissions_declined', 403, 'You declined the permissions Facebook requested.', 'Try again'],
    ['no_accounts', 409, "Your Facebook account doesn't manage any Pages yet.", 'Try again'],
    ['platform_unavailable', 503, 'Facebook is temporarily unavailable.', 'Try again'],
    ['role_not_allowed', 403, "Your role doesn't allow connecting Facebook accounts.", 'Close'],
    ['wrong_account', 409, 'This connection belongs to A, but you chose B at Facebook.', 'Try again'],
    ['plan_limit_reached', 409, 'Your plan allows 3 connected accounts and 3 are in use.', 'Close'],
  ])('L-09 tells %s with its message, a next step and the diagnostic id', async (code, status, detail, button) => {
    stage.world.refusals.set('POST /v1/connect-sessions', { status, code, detail });
    await accounts.beginConnecting('Facebook');
    const dialog = visitor.page.getByRole('dialog').filter({ hasText: detail });
    await dialog.getByText('0f7c2a86-93d7-4bd1-a6e2-1c37ab5df0e1').waitFor();
    await dialog.getByRole('button', { name: button, exact: true }).last().click();
    await dialog.waitFor({ state: 'detached' });
    await visitor.page.reload();
    await accounts.ready();
    expect(await visitor.page.getByText(detail).count()).toBe(0);
  });
});
