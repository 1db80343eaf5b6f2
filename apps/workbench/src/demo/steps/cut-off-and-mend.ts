import { hours } from '@mooring/contracts';
import { reconnect } from '../consent.ts';
import { eventually, expectThat, patiently, type Story } from '../story.ts';
import type { ConnectionSeen, DemoWorld, ProblemSeen } from '../world.ts';

/** One way in which the platform cuts an account off, and how Mooring hears of it. */
interface CutOff {
  readonly round: string;
  readonly title: string;
  readonly reason: string;
  readonly happen: () => Promise<void>;
  /** Lets time pass until Mooring looks by itself; called again and again while nothing is seen. */
  readonly letTimePass?: () => Promise<void>;
}

const LOOKS_BETWEEN_DAYS = 20;

/** Two rounds: found by the next inspection, then told by the platform's call-back; each is mended by one reconnect. */
export async function cutOffAndMend(story: Story, world: DemoWorld, ids: readonly string[]): Promise<void> {
  await playRound(story, world, ids, {
    round: 'S1',
    title: 'the password is changed at Facebook; the next inspection cuts both off',
    reason: 'password_changed',
    happen: async () => {
      await world.control('POST', '/facebook/people/fiona/password-changed');
      await world.moveClock(hours(25));
    },
    // An inspection that was under way when the clock moved counts as this day's: the next one comes a day later.
    letTimePass: () => world.moveClock(hours(25)),
  });
  await playRound(story, world, ids, {
    round: 'S2',
    title: 'the app is removed at Facebook; the deauthorize call-back cuts both off',
    reason: 'removed_in_settings',
    happen: async () => {
      await world.control('POST', '/facebook/people/fiona/deauthorize', {});
    },
  });
}

async function playRound(story: Story, world: DemoWorld, ids: readonly string[], cutOff: CutOff): Promise<void> {
  const toastsBefore = world.live?.toasts.length ?? 0;
  const step = (digit: number, title: string, play: () => Promise<string | undefined>): Promise<void> =>
    story.step(`${cutOff.round}${digit}`, title, play);
  await step(0, cutOff.title, () => isCutOff(world, cutOff));
  await step(1, 'toast "{Account} expired. Please reconnect." and one alert', () => isTold(world, toastsBefore));
  await step(2, 'the token read is refused with 409 and the reason', async () => {
    const { status, body } = await world.readToken(ids[0] ?? '');
    const problem = body as ProblemSeen;
    const refused = status === 409 && problem['reason'] === cutOff.reason;
    expectThat(refused, `the token read answered ${status} ${JSON.stringify(body)}`);
    return problem.detail;
  });
  await step(3, 'one reconnect heals both: same ids, history kept, all-clear', () => isMended(world, ids));
  await step(4, 'posting works again', () => patiently(world.kills, () => world.publish(ids[1] ?? '', 'We are back')));
}

async function isCutOff(world: DemoWorld, cutOff: CutOff): Promise<string> {
  await cutOff.happen();
  let seen: ConnectionSeen[] = [];
  let looks = 0;
  await eventually(
    'the accounts were not cut off',
    async () => {
      seen = await world.connections();
      looks += 1;
      if (looks % LOOKS_BETWEEN_DAYS === 0) await cutOff.letTimePass?.();
      return seen.every((each) => each.status === 'needs_reconnect');
    },
    { seen: () => seen.map((each) => each.status) },
  );
  const reasons = [...new Set(seen.map((each) => each.reason?.code))];
  expectThat(reasons.join() === cutOff.reason, `the reasons are ${reasons.join()}`);
  return `reason ${cutOff.reason}`;
}

async function isTold(world: DemoWorld, toastsBefore: number): Promise<string> {
  const wanted = (await world.connections()).map((each) => `${each.displayName} expired. Please reconnect.`);
  const fresh = (): string[] => world.live?.toasts.slice(toastsBefore) ?? [];
  const arrived = (): Promise<boolean> => Promise.resolve(wanted.every((each) => fresh().includes(each)));
  await eventually('the toasts did not arrive', arrived, { seen: fresh });
  const alerts = await eventually('no alert was opened', async () => {
    const open = await world.openAlerts();
    return open.length > 0 && open;
  });
  expectThat(alerts.length === 1, `${alerts.length} alerts are open for one incident`);
  return wanted.join(' · ');
}

async function isMended(world: DemoWorld, ids: readonly string[]): Promise<string> {
  const [first = ''] = ids;
  const historyBefore = await historyLength(world, first);
  await patiently(world.kills, () => reconnect(world, first));
  const seen = await eventually('the accounts were not healed', async () => {
    const now = await world.connections();
    return now.every((each) => each.status === 'connected') && now;
  });
  expectThat(seen.length === ids.length && seen.every((each) => ids.includes(each.id)), 'the ids are not the same');
  const history = await historyLength(world, first);
  expectThat(history > historyBefore, 'the history did not grow');
  await eventually('the alert was not closed', async () => (await world.openAlerts()).length === 0);
  return `${seen.length} connections, history of ${history} entries`;
}

async function historyLength(world: DemoWorld, id: string): Promise<number> {
  const { status, body } = await world.person('olivia').call('GET', `/v1/connections/${id}/events?limit=100`);
  expectThat(status === 200, `the history answered ${status}`);
  return (body as { data: unknown[] }).data.length;
}
