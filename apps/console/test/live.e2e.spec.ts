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
  await accounts.card('Harbour Events').waitFor();
  await stage.world.streamOpened();
});

afterEach(async () => {
  await visitor.context.close();
  await stage.stop();
});

afterAll(() => browser.close());

const idOf = (name: string) => stage.world.connections.find((one) => one.displayName === name)!.id;

describe('the live stream on the page', () => {
  it('L-23 shows toasts as they are worded, successes as status and failures as alert', async () => {
    const connectionId = idOf('Harbour Café');
    stage.world.tell('toast', { connectionId, text: 'Access token refreshed for Harbour Café', tone: 'success' });
    stage.world.tell('toast', { connectionId, text: 'Harbour Café expired. Please reconnect.', tone: 'error' });
    await visitor.page.getByRole('status').filter({ hasText: 'Access token refreshed for Harbour Café' }).waitFor();
    await visitor.page.getByRole('alert').filter({ hasText: 'Harbour Café expired. Please reconnect.' }).waitFor();
  });

  it('shows a change of a connection without a reload', async () => {
    const connectionId = idOf('Harbour Café');
    stage.world.change(connectionId, { status: 'needs_reconnect', action: 'reconnect' });
    stage.world.tell('connection', { connectionId, cause: 'ConnectionExpired', connection: {} });
    await accounts.card('Harbour Café').getByRole('button', { name: 'Reconnect: Harbour Café' }).waitFor();
    await visitor.page.getByRole('button', { name: 'Needs reconnect 3' }).waitFor();
  });

  it('L-19 ends the spinner of a check with the event that tells its end', async () => {
    const connectionId = idOf('Harbour Café');
    await accounts.choose('Harbour Café', 'Check now');
    await accounts.card('Harbour Café').getByText('Checking…').waitFor();
    stage.world.change(connectionId, { lastCheckedAt: new Date().toISOString() });
    stage.world.tell('connection', { connectionId, cause: 'ConnectionChecked', outcome: 'alive' });
    await accounts.card('Harbour Café').getByText('Checked just now').waitFor();
  });

  it('says that updates are offline, resumes after the last message and takes the hint away', async () => {
    stage.world.tell('toast', { connectionId: null, text: 'Please reconnect Harbour Café', tone: 'error' });
    await accounts.toast('Please reconnect Harbour Café').waitFor();
    stage.world.liveAway = true;
    stage.world.cutStreams();
    const hint = visitor.page.getByText('Live updates are offline, retrying');
    await hint.waitFor();
    stage.world.liveAway = false;
    await hint.waitFor({ state: 'detached' });
    expect(stage.world.resumed.at(-1)).toBe('1');
  });
});
