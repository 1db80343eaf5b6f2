import type { Locator } from 'playwright-core';
import type { Visitor } from './visitor.ts';

/** The product's page as a person finds their way around it. */
export class Accounts {
  readonly visitor: Visitor;

  constructor(visitor: Visitor) {
    this.visitor = visitor;
  }

  /** Signs in with one click here and one at the identity provider. */
  async signIn(name: string): Promise<void> {
    const { visitor } = this;
    await visitor.click(this.button('Sign in'));
    await visitor.click(visitor.page.getByRole('button', { name }));
    await this.ready();
  }

  /** Resolves when the page of a signed-in person stands. */
  async ready(): Promise<void> {
    await this.visitor.page.getByRole('heading', { name: 'Connected accounts', level: 1 }).waitFor();
  }

  button(name: string): Locator {
    return this.visitor.page.getByRole('button', { name, exact: true });
  }

  dialog(name?: string): Locator {
    return this.visitor.page.getByRole('dialog', name === undefined ? {} : { name });
  }

  card(name: string): Locator {
    return this.visitor.page.getByRole('article', { name, exact: true });
  }

  /** Account names of the list, from top to bottom. */
  names(): Promise<string[]> {
    return this.visitor.page.getByRole('article').getByRole('heading').allInnerTexts();
  }

  /** A toast that says this, word for word. */
  toast(words: string): Locator {
    return this.visitor.page.locator('.mantine-Notification-root').getByText(words, { exact: true });
  }

  /** Opens the menu of an account and chooses an entry. */
  async choose(name: string, entry: string): Promise<void> {
    await this.visitor.click(this.button(`More for ${name}`));
    await this.visitor.click(this.visitor.page.getByRole('menuitem', { name: entry }));
  }

  /** Leaves for Facebook to connect something. */
  async leaveForFacebook(): Promise<void> {
    await this.visitor.click(this.button('Connect account'));
    await this.visitor.click(this.dialog().getByRole('button', { name: 'Facebook' }));
    await this.consent('Continue').waitFor();
  }

  /** A button of Facebook's consent page. */
  consent(decision: 'Continue' | 'Cancel'): Locator {
    return this.visitor.page.getByRole('button', { name: decision, exact: true });
  }
}
