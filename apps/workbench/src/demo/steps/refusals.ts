import { minutes } from '@mooring/contracts';
import type { Person } from '../../clients/person.ts';
import { begin, claim, consent, type DialogChoice, failureOf } from '../consent.ts';
import { expectThat, type Story } from '../story.ts';
import type { DemoWorld, ProblemSeen } from '../world.ts';

const MESSAGES = {
  security_check_failed: 'Security check failed. Please try connecting again.',
  link_expired: 'The connection link expired.',
  session_changed: 'Your session changed during the connection.',
  permissions_declined: 'You declined the permissions Facebook requested.',
  no_accounts: "Your Facebook account doesn't manage any Pages yet.",
  platform_unavailable: 'Facebook is temporarily unavailable.',
  role_not_allowed: "Your role doesn't allow connecting Facebook accounts.",
} as const;

type Code = keyof typeof MESSAGES;

function expectRefusal(got: { code: string; message: string }, code: Code): string {
  expectThat(got.code === code, `the code is ${got.code}, not ${code}: ${got.message}`);
  expectThat(got.message === MESSAGES[code], `the message is "${got.message}"`);
  return got.message;
}

async function startUrl(world: DemoWorld, person: Person): Promise<string> {
  const { status, body } = await begin(world, person);
  expectThat(status === 201, `a connect session answered ${status} ${JSON.stringify(body)}`);
  return (body as { startUrl: string }).startUrl;
}

/** What the gateway's own page says, where there is no session to go back to. */
function pageSays(body: string, code: Code): string {
  const text = body.replaceAll('&#39;', "'").replaceAll('&#x27;', "'").replaceAll('&quot;', '"');
  expectThat(text.includes(MESSAGES[code]), `the page does not say "${MESSAGES[code]}"`);
  return MESSAGES[code];
}

/** Everything that must be refused, each with its message word for word. */
export async function refusals(story: Story, world: DemoWorld): Promise<void> {
  const olivia = world.person('olivia');
  const refused = (id: string, title: string, code: Code, choice: DialogChoice): Promise<void> =>
    story.step(id, title, async () => {
      const back = await consent(olivia, await startUrl(world, olivia), choice);
      return expectRefusal(failureOf(await claim(olivia, back)), code);
    });

  await story.step('S50', 'a replayed state is refused', async () => {
    const page = await olivia.browser.open(await startUrl(world, olivia));
    const state = page.url.searchParams.get('state') ?? '';
    const callback = new URL(world.urls.redirectUri('facebook'));
    callback.search = new URLSearchParams({ error: 'access_denied', state }).toString();
    await olivia.browser.open(callback.href);
    const replayed = await olivia.browser.open(callback.href);
    return pageSays(replayed.body, 'security_check_failed');
  });
  await story.step('S51', 'a foreign browser is refused', async () => {
    const foreign = world.stranger('olivia');
    const page = await olivia.browser.open(await startUrl(world, olivia));
    const callback = new URL(world.urls.redirectUri('facebook'));
    callback.search = new URLSearchParams({ code: 'x', state: page.url.searchParams.get('state') ?? '' }).toString();
    return pageSays((await foreign.browser.open(callback.href)).body, 'security_check_failed');
  });
  await story.step('S52', 'a foreign person is refused', async () => {
    const back = await consent(olivia, await startUrl(world, olivia));
    const got = failureOf(await claim(world.person('adam'), back));
    return expectRefusal(got, 'session_changed');
  });
  await story.step('S53', 'a link of 11 minutes is refused', async () => {
    const page = await olivia.browser.open(await startUrl(world, olivia));
    await world.moveClock(minutes(11));
    const back = await consent(olivia, page.url.href);
    return expectRefusal(failureOf(await claim(olivia, back)), 'link_expired');
  });
  await refused('S54', 'declined at Facebook', 'permissions_declined', { cancel: true });
  await refused('S55', 'a required permission unticked', 'permissions_declined', { untick: ['pages_manage_posts'] });
  await refused('S56', 'no Pages', 'no_accounts', { facebookPerson: 'noah' });
  await story.step('S57', 'the platform is down', async () => {
    const url = await startUrl(world, olivia);
    const page = await olivia.browser.open(url);
    await world.control('PUT', '/facebook/fault', { kind: 'status', status: 503, endpoints: ['oauth/access_token'] });
    const back = await consent(olivia, page.url.href);
    const message = expectRefusal(failureOf(await claim(olivia, back)), 'platform_unavailable');
    await world.control('DELETE', '/facebook/fault');
    return message;
  });
  await story.step('S58', 'a role that is too low', async () => {
    const { body } = await begin(world, world.person('eddie'));
    const problem = body as ProblemSeen;
    return expectRefusal({ code: problem.code, message: problem.detail }, 'role_not_allowed');
  });
}
