import type { Page } from '../clients/browser.ts';
import { readForm } from '../clients/browser.ts';
import type { Person } from '../clients/person.ts';
import type { ApiAnswer } from '../clients/service-api.ts';
import type { DemoWorld, ProblemSeen } from './world.ts';
import { expectThat } from './story.ts';

/** What a person does on Facebook's page. */
export interface DialogChoice {
  readonly facebookPerson?: string;
  readonly cancel?: boolean;
  readonly untick?: readonly string[];
}

/** Where the browser came back to, with what its address carried. */
export interface ReturnSeen {
  readonly page: Page;
  readonly session: string | null;
  readonly result: string | null;
}

/** Begins a connect session and answers its start address. */
export async function begin(world: DemoWorld, person: Person, reconnect?: string): Promise<ApiAnswer> {
  const returnUrl = `${world.urls.console}/`;
  if (reconnect) return person.call('POST', `/v1/connections/${reconnect}/reconnect-sessions`, { returnUrl });
  return person.call('POST', `/v1/workspaces/${world.workspace}/connect-sessions`, { platform: 'facebook', returnUrl });
}

/** Opens the start address and answers Facebook's page as the person chooses. */
export async function consent(person: Person, startUrl: string, choice: DialogChoice = {}): Promise<ReturnSeen> {
  let page = await person.browser.open(startUrl);
  if (choice.facebookPerson) {
    const other = new URL(page.url);
    other.searchParams.set('sandbox_person', choice.facebookPerson);
    page = await person.browser.open(other.href);
  }
  // Somebody who agreed before may be sent back without a page.
  if (page.url.href.startsWith(person.home)) return seen(page);
  const form = readForm(page, /name="decision"/);
  const ticked = (name: string): string[] =>
    [...page.body.matchAll(new RegExp(`name="${name}" value="([^"]+)"`, 'g'))].flatMap(([, value]) =>
      value ? [value] : [],
    );
  const back = await person.browser.submit(form.action, {
    ...form.fields,
    permissions: ticked('permissions').filter((each) => !choice.untick?.includes(each)),
    pages: ticked('pages'),
    decision: choice.cancel ? 'cancel' : 'continue',
  });
  return seen(back);
}

/** Reads session and result out of the return address. */
export function seen(page: Page): ReturnSeen {
  const fragment = new URLSearchParams(page.url.hash.slice(1));
  return { page, session: fragment.get('session'), result: fragment.get('result') };
}

/** The person's page claims what the browser brought back. */
export function claim(person: Person, back: ReturnSeen): Promise<ApiAnswer> {
  return person.call('POST', `/v1/connect-sessions/${back.session}/claim`, { result: back.result });
}

/** The failure that a claim shows, as session failure or as problem. */
export function failureOf(answer: ApiAnswer): { code: string; message: string } {
  const body = answer.body as ProblemSeen & { session?: { failure?: { code: string; message: string } | null } };
  if (body.session?.failure) return body.session.failure;
  return { code: body.code, message: body.detail };
}

/** Connects the first `count` accounts that are offered; answers the connections. */
export async function connectAccounts(world: DemoWorld, count: number): Promise<{ id: string; displayName: string }[]> {
  const olivia = world.person('olivia');
  const begun = await begin(world, olivia);
  expectThat(begun.status === 201, `a connect session answered ${begun.status}`);
  const back = await consent(olivia, (begun.body as { startUrl: string }).startUrl);
  expectThat(
    back.session !== null && back.result !== null,
    `the browser came back to ${back.page.url.pathname} without a session`,
  );
  const claimed = await claim(olivia, back);
  expectThat(claimed.status < 300, `the claim answered ${claimed.status} ${JSON.stringify(claimed.body)}`);
  const { accounts } = claimed.body as { accounts: { accountId: string; kind: string; selectable: boolean }[] };
  const chosen = accounts.filter((each) => each.selectable).slice(0, count);
  expectThat(chosen.length === count, `${chosen.length} accounts can be chosen, ${count} are wanted`);
  const selection = await olivia.call('POST', `/v1/connect-sessions/${back.session}/selection`, {
    accounts: chosen.map(({ accountId, kind }) => ({ accountId, kind })),
  });
  expectThat(selection.status < 300, `the selection answered ${selection.status} ${JSON.stringify(selection.body)}`);
  return (selection.body as { connections: { id: string; displayName: string }[] }).connections;
}

/** Reconnects one connection; answers what was healed. */
export async function reconnect(world: DemoWorld, connectionId: string): Promise<{ id: string }[]> {
  const olivia = world.person('olivia');
  const begun = await begin(world, olivia, connectionId);
  expectThat(begun.status === 201, `a reconnect session answered ${begun.status}`);
  const back = await consent(olivia, (begun.body as { startUrl: string }).startUrl);
  const claimed = await claim(olivia, back);
  expectThat(claimed.status < 300, `the claim answered ${claimed.status} ${JSON.stringify(claimed.body)}`);
  return (claimed.body as { connections: { id: string }[] }).connections;
}
