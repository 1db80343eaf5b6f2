import { days, hours, minutes } from '@mooring/contracts';
import { LiveListener } from '../../clients/live-listener.ts';
import { connectAccounts } from '../consent.ts';
import { eventually, expectThat, patiently, type Story } from '../story.ts';
import type { DemoWorld } from '../world.ts';

/** Facebook's long-lived user token lives 60 days; it is renewed within the last 7. */
const UNTIL_RENEWAL_MS = days(53) + hours(12);

const LOOKS_BETWEEN_MOVES = 20;

/** Sign in, connect two of three Pages, let the token near its end, and publish with what the vault serves. */
export async function connectAndRenew(story: Story, world: DemoWorld): Promise<string[]> {
  const olivia = world.person('olivia');
  await story.step('S01', 'the owner signs in by OpenID Connect', async () => {
    await olivia.signIn();
    const { status, body } = await olivia.call('GET', '/v1/me');
    expectThat(status === 200, `/v1/me answered ${status}`);
    return (body as { workspaces: { name: string; role: string }[] }).workspaces
      .map((each) => `${each.role} of ${each.name}`)
      .join(', ');
  });
  world.live = new LiveListener(`${world.urls.console}/v1/live?workspace=${world.workspace}`, () => olivia.headers());

  let ids: string[] = [];
  await story.step('S02', 'connects Facebook and picks 2 of 3 Pages', async () => {
    const connections = await patiently(world.kills, () => connectAccounts(world, 2));
    ids = connections.map((each) => each.id);
    expectThat(ids.length === 2, `${ids.length} connections came back`);
    return connections.map((each) => each.displayName).join(', ');
  });
  await story.step('S03', 'both are connected', async () => {
    const statuses = (await world.connections()).map((each) => each.status);
    expectThat(statuses.join() === 'connected,connected', `the statuses are ${statuses.join()}`);
    return undefined;
  });
  await story.step('S04', 'the token nears its last 7 days and is refreshed by itself', async () => {
    await world.moveClock(UNTIL_RENEWAL_MS);
    let looks = 0;
    const refreshed = await eventually('no refresh within the time', async () => {
      const seen = await world.connections();
      looks += 1;
      // An attempt that died with its service is planned again a minute of business time later.
      if (world.kills && looks % LOOKS_BETWEEN_MOVES === 0) await world.moveClock(minutes(2));
      return seen.every((each) => each.lastRefreshedAt !== null && ids.includes(each.id)) && seen;
    });
    return `at ${refreshed[0]?.lastRefreshedAt}`;
  });
  await story.step('S05', 'toast "Access token refreshed for {account}"', async () => {
    const names = (await world.connections()).map((each) => `Access token refreshed for ${each.displayName}`);
    await eventually(
      'the toasts did not arrive',
      () => Promise.resolve(names.every((name) => world.live?.toasts.includes(name))),
      {
        seen: () => world.live?.toasts,
      },
    );
    return names.join(' · ');
  });
  await story.step('S06', 'a publisher reads the token and posts to the Page', async () => {
    const [first = ''] = ids;
    return patiently(world.kills, () => world.publish(first, 'Fresh bread from seven o’clock'));
  });
  return ids;
}
