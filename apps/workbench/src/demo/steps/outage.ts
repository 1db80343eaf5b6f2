import { hours, minutes } from '@mooring/contracts';
import { eventually, expectThat, type Story } from '../story.ts';
import type { DemoWorld } from '../world.ts';

const FAULTS = [
  ['503', { kind: 'status', status: 503 }],
  ['429', { kind: 'status', status: 429, retryAfterSeconds: 1 }],
  ['connection resets', { kind: 'reset' }],
  ['hanging answers', { kind: 'hang' }],
] as const;

/** Rounds of asking: each lets half a day pass, so that renewals and inspections fall due, and asks for checks by hand. */
const ROUNDS = 3;

async function askOften(world: DemoWorld, ids: readonly string[]): Promise<number> {
  let attempts = 0;
  for (let round = 1; round <= ROUNDS; round += 1) {
    await world.moveClock(hours(13));
    for (const id of ids) {
      for (const what of ['check', 'refresh']) {
        const { status } = await world.person('olivia').call('POST', `/v1/connections/${id}/${what}`);
        expectThat(status === 202 || status === 429, `${what} answered ${status}`);
      }
    }
    await eventually(`Mooring did not ask the platform in round ${round}`, async () => {
      const { totals } = (await world.control('GET', '/facebook/requests')) as { totals: { endpoints: unknown } };
      const count = sum(totals.endpoints);
      if (count > attempts) {
        attempts = count;
        return true;
      }
      // What was refused or asked to wait is tried again later: let that time pass as well.
      await world.moveClock(minutes(20));
      return false;
    });
  }
  return attempts;
}

async function nothingHappened(world: DemoWorld, toastsBefore: number): Promise<void> {
  const statuses = (await world.connections()).map((each) => each.status);
  expectThat(
    statuses.every((status) => status === 'connected'),
    `statuses are ${statuses.join()}`,
  );
  expectThat((await world.openAlerts()).length === 0, 'an alert was opened');
  const fresh = world.live?.toasts.slice(toastsBefore).filter((each) => each.includes('expired')) ?? [];
  expectThat(fresh.length === 0, `people were alarmed: ${fresh.join()}`);
}

/** An outage of the platform changes no status and alerts nobody, however often Mooring asks. */
export async function outage(story: Story, world: DemoWorld, ids: readonly string[]): Promise<void> {
  for (const [index, [title, fault]] of FAULTS.entries()) {
    await story.step(
      `S3${index}`,
      `an outage of the platform (${title}) changes no status and alerts nobody`,
      async () => {
        const toastsBefore = world.live?.toasts.length ?? 0;
        await world.control('DELETE', '/facebook/requests');
        await world.control('PUT', '/facebook/fault', fault);
        const attempts = await askOften(world, ids);
        await nothingHappened(world, toastsBefore);
        const { status } = await world.readToken(ids[0] ?? '');
        expectThat(status === 200, `the token read answered ${status} while the token is good`);
        await world.control('DELETE', '/facebook/fault');
        return `${attempts} refused attempts`;
      },
    );
  }
  await story.step('S39', 'after the outage both are proved alive and renewed', async () => {
    const before = new Map((await world.connections()).map((each) => [each.id, each]));
    // An attempt that hangs holds its grant until it times out, so both are asked for again meanwhile.
    await eventually('no check and renewal came through', async () => {
      for (const id of ids) {
        await world.person('olivia').call('POST', `/v1/connections/${id}/check`);
        await world.person('olivia').call('POST', `/v1/connections/${id}/refresh`);
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
      return (await world.connections()).every(
        (now) =>
          now.status === 'connected' &&
          now.lastCheckedAt !== before.get(now.id)?.lastCheckedAt &&
          now.lastRefreshedAt !== before.get(now.id)?.lastRefreshedAt,
      );
    });
    return undefined;
  });
}

function sum(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((total, each) => total + sum(each), 0);
}
