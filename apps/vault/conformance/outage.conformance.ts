import { type DurationMs, hours, minutes, seconds } from '@mooring/contracts';
import type { SeededGrants } from '../bench/seed-grants.ts';
import { type Play, PlayedServer } from './played-server.ts';
import { type Announced, type GrantRow, PlayedVault } from './played-vault.ts';

/** One case: what must come out, and what the product did. */
interface Row {
  readonly id: string;
  readonly expected: string;
  readonly got: string;
  readonly ok: boolean;
}

const OUTAGES: Readonly<Record<string, Play>> = {
  '503': { status: 503, body: '{"message":"down for now"}' },
  '429': {
    status: 429,
    body: '{"message":"Resource level throttle limit for calls to this resource is reached."}',
    headers: { 'retry-after': '7' },
  },
  reset: 'reset',
  hang: 'hang',
};
const OUTAGE_MS: DurationMs = hours(1);
const TICK_MS: DurationMs = seconds(20);
/** The first attempts are spread over this. */
const DUE_WITHIN_MS: DurationMs = minutes(40);
/** When whoever plans renewals asks again; sooner than the scheduler does. */
const REPLAN_MS: readonly DurationMs[] = [60_000, 120_000, 300_000, 600_000, 900_000];
const GRANTS = 300;
const OTHER_GRANTS = 60;
const STEP_MS: DurationMs = seconds(5);
const STEP_MS_MAX: DurationMs = minutes(5);
const BUDGET = 0.1;
const CALL_TIMEOUT_MS: DurationMs = 300;

const FINE: Play = {
  status: 200,
  body: JSON.stringify({
    access_token: `access-${'t'.repeat(60)}`,
    expires_in: 5_183_999,
    refresh_token: `refresh-${'t'.repeat(60)}`,
    refresh_token_expires_in: 31_536_000,
    scope: 'w_organization_social',
  }),
};

/** A platform that is down for an injected hour, with many grants due, and another one beside it that is well. */
export async function run(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [name, play] of Object.entries(OUTAGES)) rows.push(...(await playOutage(name, play)));
  return rows;
}

/** What happened to the grants of one platform. */
interface Story {
  readonly renewed: Set<string>;
  readonly failures: Map<string, number>;
  readonly dueAtMs: Map<string, number>;
  statusChanges: number;
  counted: number;
}

async function playOutage(name: string, play: Play): Promise<Row[]> {
  const [down, well] = [await PlayedServer.start(() => FINE), await PlayedServer.start(tokensOfX)];
  const vault = await PlayedVault.start({
    LINKEDIN_CLIENT_ID: 'app',
    LINKEDIN_CLIENT_SECRET: 'secret-of-the-app',
    LINKEDIN_AUTH_URL: down.origin,
    LINKEDIN_API_URL: down.origin,
    X_CLIENT_ID: 'app',
    X_CLIENT_SECRET: 'secret-of-the-app',
    X_API_URL: well.origin,
    ATTEMPTS_CONCURRENCY: '32',
    PLATFORM_IN_FLIGHT_MAX: '8',
    PLATFORM_TIMEOUT_MS: String(CALL_TIMEOUT_MS),
    PLATFORM_BREAKER_MS: String(STEP_MS),
    PLATFORM_BREAKER_MAX_MS: String(STEP_MS_MAX),
    PLATFORM_READINESS_MS: String(hours(24)),
  });
  try {
    const [grants, others] = [
      await vault.seed(seeded('linkedin', 'linkedin_organization', GRANTS)),
      await vault.seed(seeded('x', 'x_account', OTHER_GRANTS)),
    ];
    const [story, other] = [storyOf(grants), storyOf(others)];
    down.requests.length = 0;
    down.play((path) => (path.endsWith('/accessToken') ? play : FINE));
    let nowMs = 0;
    let slowestOtherMs = 0;
    for (; nowMs < OUTAGE_MS; nowMs += TICK_MS, vault.pass(TICK_MS)) {
      const startedMs = performance.now();
      await Promise.all([
        attemptDue(vault, { story, grants, nowMs }),
        attemptDue(vault, { story: other, grants: others, nowMs }).then(() => {
          slowestOtherMs = Math.max(slowestOtherMs, performance.now() - startedMs);
        }),
      ]);
    }
    const renewedInOutage = story.renewed.size;
    down.play(() => FINE);
    const recovered = await recover(vault, { story, grants, nowMs });
    const calls = down.requests.length;
    return [
      row(`${name}: renewed while down`, '0', renewedInOutage),
      row(`${name}: status changes`, '0', story.statusChanges),
      row(`${name}: failures that count`, '0', story.counted),
      row(`${name}: operator alerts`, '0', vault.operatorAlerts()),
      most(`${name}: calls beyond one for each grant, of ${calls}`, Math.floor(calls * BUDGET), calls - GRANTS),
      row(`${name}: renewed afterwards`, String(GRANTS), story.renewed.size),
      most(`${name}: seconds until calls work again (one back-off step)`, STEP_MS_MAX / 1_000, recovered / 1_000),
      row(`${name}: renewals of the other platform`, String(OTHER_GRANTS), other.renewed.size),
      row(`${name}: failures of the other platform`, '0', other.failures.size),
      most(`${name}: slowest renewals of the other platform, ms`, 5_000, Math.round(slowestOtherMs)),
    ];
  } finally {
    await vault.parts.close();
    await down.stop();
    await well.stop();
  }
}

/** Lets time pass until every grant is renewed; answers how long it took until the first one was. */
async function recover(
  vault: PlayedVault,
  given: { readonly story: Story; readonly grants: readonly GrantRow[]; readonly nowMs: number },
): Promise<DurationMs> {
  const { story, grants, nowMs } = given;
  let firstMs: number | null = null;
  // Whoever is due is asked for at once when the platform is back: what counts is when calls begin to work.
  for (const id of story.failures.keys()) story.dueAtMs.set(id, nowMs);
  for (
    let passedMs = 0;
    passedMs <= hours(1) && story.renewed.size < GRANTS;
    passedMs += STEP_MS, vault.pass(STEP_MS)
  ) {
    const tried = firstMs === null ? grants.filter(({ id }) => !story.renewed.has(id)).slice(0, 3) : grants;
    for (const { id } of tried) story.dueAtMs.set(id, nowMs);
    await attemptDue(vault, { story, grants: tried, nowMs: nowMs + passedMs });
    if (story.renewed.size > 0) firstMs ??= passedMs;
  }
  return firstMs ?? hours(1);
}

async function attemptDue(
  vault: PlayedVault,
  given: { readonly story: Story; readonly grants: readonly GrantRow[]; readonly nowMs: number },
): Promise<void> {
  const { story, grants, nowMs } = given;
  const due = grants.filter(({ id }) => !story.renewed.has(id) && (story.dueAtMs.get(id) ?? 0) <= nowMs);
  if (due.length === 0) return;
  for (const [id, announced] of await vault.attempt(due)) note(story, { id, announced, nowMs });
}

function note(story: Story, { id, announced, nowMs }: { id: string; announced: Announced; nowMs: number }): void {
  const { cutOff, connections } = announced.grant;
  if (cutOff !== null || connections.some((connection) => connection.cutOff !== null)) story.statusChanges += 1;
  if (!('failure' in announced) || announced.failure === null) return void story.renewed.add(id);
  if (announced.failure.consecutive > 0) story.counted += 1;
  const failed = (story.failures.get(id) ?? 0) + 1;
  story.failures.set(id, failed);
  story.dueAtMs.set(id, nowMs + REPLAN_MS[Math.min(failed, REPLAN_MS.length) - 1]!);
}

function storyOf(grants: readonly GrantRow[]): Story {
  const dueAtMs = new Map(grants.map(({ id }, index) => [id, (DUE_WITHIN_MS * index) / grants.length]));
  return { renewed: new Set(), failures: new Map(), dueAtMs, statusChanges: 0, counted: 0 };
}

function seeded(platform: string, kind: string, count: number): SeededGrants {
  const token = (what: string, serial: number): string => `${what}-${platform}-${serial}-${'t'.repeat(40)}`;
  const tokensOf = (serial: number) => ({ access: token('access', serial), refresh: token('refresh', serial) });
  return { platform, clientId: 'app', kind, count, tokensOf };
}

let tokens = 0;
/** A new pair each time. */
function tokensOfX(): Play {
  const name = `${++tokens}-${'t'.repeat(40)}`;
  const body = { token_type: 'bearer', expires_in: 7_200, access_token: `a-${name}`, refresh_token: `r-${name}` };
  return { status: 200, body: JSON.stringify({ ...body, scope: 'tweet.write' }) };
}

function row(id: string, expected: string, got: number): Row {
  return { id, expected, got: String(got), ok: String(got) === expected };
}

function most(id: string, limit: number, got: number): Row {
  return { id, expected: `at most ${limit}`, got: String(got), ok: got <= limit };
}
