import { hours, minutes } from '@mooring/contracts';
import { claim } from '../consent.ts';
import { eventually, expectThat, type Story } from '../story.ts';
import type { ConnectionSeen, DemoWorld, ProblemSeen } from '../world.ts';
import type { KindPlay } from './kind-play.ts';

const LOOKS_BETWEEN_MOVES = 20;

/** connect → renew → cut off → alert → reconnect → disconnect, for one kind of connection. Steps are named `K<number><letter>`. */
export async function playKind(
  story: Story,
  world: DemoWorld,
  given: { play: KindPlay; number: number },
): Promise<void> {
  const { play, number } = given;
  let id = '';
  const step = (letter: string, what: string, deed: () => Promise<string | undefined>): Promise<void> =>
    story.step(`K${number}${letter}`, `${play.title}: ${what}`, deed);
  await step('a', 'connect', async () => {
    const connection = await connect(world, play);
    ({ id } = connection);
    return connection.displayName;
  });
  await step('b', 'renewed by itself', () => isRenewed(world, play, id));
  await step('c', 'a publisher reads the token', async () => {
    const { status, body } = await world.readToken(id);
    expectThat(status === 200, `the token read answered ${status} ${JSON.stringify(body)}`);
    return `generation ${(body as { generation: number }).generation}`;
  });
  await step('d', 'cut off by the platform, and the reason is told', () => isCutOff(world, play, id));
  await step('e', 'toast and one alert', () => isTold(world, id));
  await step('f', 'the token read is refused with the reason', async () => {
    const { status, body } = await world.readToken(id);
    expectThat(status === 409, `the token read answered ${status}`);
    return (body as ProblemSeen).detail;
  });
  await step('g', 'reconnected: same id, all-clear, the token is served again', () => isMended(world, play, id));
  await step('h', 'disconnected and revoked', () => isLetGo(world, play, id));
}

async function begin(world: DemoWorld, play: KindPlay, reconnect?: string) {
  const olivia = world.person('olivia');
  const returnUrl = `${world.urls.console}/`;
  const begun = reconnect
    ? await olivia.call('POST', `/v1/connections/${reconnect}/reconnect-sessions`, { returnUrl })
    : await olivia.call('POST', `/v1/workspaces/${world.workspace}/connect-sessions`, {
        platform: play.platform,
        returnUrl,
      });
  expectThat(begun.status === 201, `a session answered ${begun.status} ${JSON.stringify(begun.body)}`);
  const back = await play.consent(world, olivia, (begun.body as { startUrl: string }).startUrl);
  expectThat(
    back.result !== null,
    `the browser came back to ${back.page.url.pathname} without a result: ${back.page.body.slice(0, 300)}`,
  );
  const claimed = await claim(olivia, back);
  expectThat(claimed.status < 300, `the claim answered ${claimed.status} ${JSON.stringify(claimed.body)}`);
  return { session: back.session, body: claimed.body };
}

async function connect(world: DemoWorld, play: KindPlay): Promise<{ id: string; displayName: string }> {
  const { session, body } = await begin(world, play);
  const { accounts } = body as { accounts: { accountId: string; kind: string; selectable: boolean }[] };
  const chosen = accounts.find((each) => each.kind === play.kind && each.selectable);
  expectThat(chosen !== undefined, `no ${play.kind} can be chosen: ${JSON.stringify(accounts)}`);
  const { accountId, kind } = chosen;
  const path = `/v1/connect-sessions/${session}/selection`;
  const selection = await world.person('olivia').call('POST', path, { accounts: [{ accountId, kind }] });
  expectThat(selection.status < 300, `the selection answered ${selection.status} ${JSON.stringify(selection.body)}`);
  const [connection] = (selection.body as { connections: { id: string; displayName: string }[] }).connections;
  expectThat(connection !== undefined, 'no connection came back');
  return connection;
}

async function seenOf(world: DemoWorld, id: string): Promise<ConnectionSeen> {
  const found = (await world.connections()).find((each) => each.id === id);
  expectThat(found !== undefined, 'the connection is not listed');
  return found;
}

async function isRenewed(world: DemoWorld, play: KindPlay, id: string): Promise<string> {
  await world.moveClock(play.untilRenewalMs);
  let seen: ConnectionSeen | undefined;
  let looks = 0;
  await eventually(
    'no renewal within the time',
    async () => {
      looks += 1;
      if (looks % LOOKS_BETWEEN_MOVES === 0) await world.moveClock(minutes(5));
      seen = await seenOf(world, id);
      return seen.lastRefreshedAt !== null && seen.status === 'connected';
    },
    { seen: () => seen && [seen.status, seen.reason, seen.lastRefreshedAt] },
  );
  return `at ${seen?.lastRefreshedAt}`;
}

async function isCutOff(world: DemoWorld, play: KindPlay, id: string): Promise<string> {
  await play.cutOff(world);
  if (play.heardBy === 'inspection') await world.moveClock(hours(25));
  let seen: ConnectionSeen | undefined;
  let looks = 0;
  await eventually(
    'the account was not cut off',
    async () => {
      looks += 1;
      // An inspection that was under way when the clock moved counts as this day's: the next one comes a day later.
      if (play.heardBy === 'inspection' && looks % LOOKS_BETWEEN_MOVES === 0) await world.moveClock(hours(25));
      seen = await seenOf(world, id);
      return seen.status === 'needs_reconnect';
    },
    { seen: () => seen && [seen.status, seen.reason] },
  );
  const code = seen?.reason?.code ?? '';
  expectThat(play.reasons.includes(code), `the reason is ${code}`);
  return `reason ${code}`;
}

async function isTold(world: DemoWorld, id: string): Promise<string> {
  const { displayName } = await seenOf(world, id);
  const wanted = `${displayName} expired. Please reconnect.`;
  await eventually('the toast did not arrive', () => Promise.resolve(world.live?.toasts.includes(wanted)), {
    seen: () => world.live?.toasts.slice(-3),
  });
  const alerts = await eventually('no alert was opened', async () => {
    const open = await world.openAlerts();
    return open.length > 0 && open;
  });
  expectThat(alerts.length === 1, `${alerts.length} alerts are open for one incident`);
  return wanted;
}

async function isMended(world: DemoWorld, play: KindPlay, id: string): Promise<string> {
  await begin(world, play, id);
  await eventually('the account was not healed', async () => (await seenOf(world, id)).status === 'connected');
  await eventually('the alert was not closed', async () => (await world.openAlerts()).length === 0);
  const { status } = await world.readToken(id);
  expectThat(status === 200, `the token read answered ${status}`);
  return id;
}

async function isLetGo(world: DemoWorld, play: KindPlay, id: string): Promise<string> {
  const olivia = world.person('olivia');
  const { status, body } = await olivia.call('DELETE', `/v1/connections/${id}`);
  expectThat(status === 200, `disconnecting answered ${status} ${JSON.stringify(body)}`);
  const { result } = (body as { revocation: { result: string } }).revocation;
  expectThat([...play.revocations, 'pending'].includes(result), `the platform side is ${result}`);
  await eventually('the history does not tell what came of it', async () => {
    const { body: history } = await olivia.call('GET', `/v1/connections/${id}/events`);
    return (history as { data: { kind: string }[] }).data.some((entry) => entry.kind === 'RevocationReported');
  });
  return result;
}
