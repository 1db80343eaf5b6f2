import type { Locator, Page } from 'playwright-core';

/** The console as a person sees it; for suites that click through it. */
export class AccountsPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the console and leaves for the identity provider. */
  async beginSignIn(path = '/'): Promise<void> {
    await this.page.goto(path);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
  }

  /** Resolves when the page of a signed-in person stands. */
  async ready(): Promise<void> {
    await this.page.getByRole('heading', { name: 'Connected accounts', level: 1 }).waitFor();
  }

  /** The card of an account. */
  card(name: string): Locator {
    return this.page.getByRole('article', { name, exact: true });
  }

  /** Names on the cards, in their order. */
  names(): Promise<string[]> {
    return this.page.getByRole('article').getByRole('heading').allInnerTexts();
  }

  /** Chooses an entry of an account's menu. */
  async choose(name: string, entry: string): Promise<void> {
    await this.page.getByRole('button', { name: `More for ${name}`, exact: true }).click();
    await this.page.getByRole('menuitem', { name: entry }).click();
  }

  /** Opens an account's panel. */
  async openDetails(name: string): Promise<Locator> {
    await this.card(name).getByRole('button', { name, exact: true }).click();
    const panel = this.page.getByRole('dialog', { name });
    await panel.getByRole('heading', { name: 'History' }).waitFor();
    return panel;
  }

  /** Leaves for a platform to connect accounts of it. */
  async beginConnecting(platform: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Connect account' }).click();
    await this.page.getByRole('dialog').getByRole('button', { name: platform }).click();
  }

  /** A toast by its words. */
  toast(words: string): Locator {
    return this.page.locator('.mantine-Notification-root').filter({ hasText: words });
  }
}
