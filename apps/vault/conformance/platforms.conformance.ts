import { CONNECTION_KINDS, consentPlatformOf, PLATFORMS } from '@mooring/adapters';
import { type ErrorAnswer, ERROR_ANSWERS } from '@mooring/adapters/testing';
import { connectionStatus, FAILURE_RULES, type GrantStateData, type Platform } from '@mooring/contracts';
import { Platforms } from '../src/platforms/platforms.ts';
import { type Play, PlayedServer } from './played-server.ts';
import { type Announced, type GrantRow, PlayedVault } from './played-vault.ts';

/** One case: what must come out, and what the product did. */
interface Row {
  readonly id: string;
  readonly expected: string;
  readonly got: string;
  readonly ok: boolean;
}

/** Settings that point every platform at the played one. */
const SETTINGS: Readonly<Record<string, string>> = {
  FACEBOOK_APP_ID: '1000001',
  FACEBOOK_APP_SECRET: 'secret-of-the-app',
  INSTAGRAM_APP_ID: '1000002',
  INSTAGRAM_APP_SECRET: 'secret-of-the-app',
  LINKEDIN_CLIENT_ID: 'app',
  LINKEDIN_CLIENT_SECRET: 'secret-of-the-app',
  TIKTOK_CLIENT_KEY: 'app',
  TIKTOK_CLIENT_SECRET: 'secret-of-the-app',
  X_CLIENT_ID: 'app',
  X_CLIENT_SECRET: 'secret-of-the-app',
};
const URLS = [
  'FACEBOOK_GRAPH_URL',
  'INSTAGRAM_API_URL',
  'INSTAGRAM_GRAPH_URL',
  'LINKEDIN_AUTH_URL',
  'LINKEDIN_API_URL',
  'TIKTOK_API_URL',
  'X_API_URL',
];
/** A platform's word that a token is alive, where it has a call for that alone; to any other it is no answer. */
const ALIVE = JSON.stringify({
  active: true,
  status: 'active',
  scope: 'openid,profile,rw_organization_admin,r_organization_social,w_organization_social',
});

/**
 * Every row of every platform's error table, answered by the played platform to a renewal or to an inspection of a real
 * vault with the real adapter. What must come out is the table's class and reason, and what contracts says of the class.
 */
export async function run(): Promise<Row[]> {
  const server = await PlayedServer.start(() => ({ status: 200, body: '{}' }));
  const vault = await PlayedVault.start({
    ...SETTINGS,
    ...Object.fromEntries(URLS.map((name) => [name, server.origin])),
    PLATFORM_READINESS_MS: '86400000',
    PLATFORM_TIMEOUT_MS: '2000',
  });
  try {
    await vault.checked(PLATFORMS);
    const rows: Row[] = [];
    for (const platform of PLATFORMS) rows.push(...(await rowsOf(platform, { server, vault })));
    return rows;
  } finally {
    await vault.parts.close();
    await server.stop();
  }
}

interface Scene {
  readonly server: PlayedServer;
  readonly vault: PlayedVault;
}

async function rowsOf(platform: Platform, scene: Scene): Promise<Row[]> {
  const [answers, published] = parted(ERROR_ANSWERS[platform] ?? []);
  const kind = CONNECTION_KINDS.find((one) => consentPlatformOf(one) === platform) ?? '';
  const seed = (subject: string, refresh: boolean): Promise<GrantRow[]> =>
    scene.vault.seed({
      ...{ platform, kind, subject, count: answers.length, clientId: clientIdOf(platform) },
      tokensOf: (serial) => ({
        access: `access-${platform}-${serial}-${'t'.repeat(40)}`,
        refresh: refresh ? `refresh-${platform}-${serial}-${'t'.repeat(40)}` : null,
      }),
    });
  // Without a refresh token nothing can be renewed first: an inspection concludes by itself.
  const [renewed, inspected] = [await seed('renewed', true), await seed('inspected', false)];
  const rows: Row[] = [];
  for (const [index, answer] of answers.entries()) {
    const grant = (answer.at === 'token' ? renewed : inspected)[index];
    if (grant) rows.push(await play(answer, { ...scene, grant }));
  }
  return [...rows, ...published.map((answer) => classified(answer, platform, scene.vault))];
}

function parted(answers: readonly ErrorAnswer[]): readonly [met: ErrorAnswer[], published: ErrorAnswer[]] {
  return [answers.filter(({ at }) => at !== 'publish'), answers.filter(({ at }) => at === 'publish')];
}

/** What only a publisher meets: the vault's adapter says what it means, and the vault does nothing. */
function classified(answer: ErrorAnswer, platform: Platform, vault: PlayedVault): Row {
  const adapter = vault.parts.app.get(Platforms).adapter(platform);
  const { class: failureClass, reason } = adapter.classify(answer.status, answer.body, answer.headers);
  const [expected, got] = [answer, { class: failureClass, reason }].map((one) => `${one.class} · ${one.reason ?? '–'}`);
  return { id: `${platform}: ${answer.at} ${answer.title}`, expected: expected!, got: got!, ok: expected === got };
}

async function play(answer: ErrorAnswer, { server, vault, grant }: Scene & { grant: GrantRow }): Promise<Row> {
  await vault.forgetLimits();
  const alertsBefore = vault.appAlerts();
  const { status, body, headers } = answer;
  const row: Play = { status, body, ...(headers && { headers }) };
  server.play(answer.at === 'token' ? tokenCalls(row) : apiCalls(row));
  const announced = (await vault.attempt([grant], answer.at === 'token' ? 'refresh' : 'inspect')).get(grant.id);
  // It has every app checked at once; the next row must not meet those calls.
  if (answer.class === 'misconfigured') await vault.checked(PLATFORMS);
  const expected = expectedOf(answer);
  const got = announced ? gotOf(announced, vault, vault.appAlerts() - alertsBefore) : 'nothing was announced';
  return { id: `${grant.platform}: ${answer.at} ${answer.title}`, expected, got, ok: expected === got };
}

/** A renewal gets the row; whoever asks about the token afterwards gets no verdict. */
function tokenCalls(row: Play): (path: string, form: URLSearchParams) => Play {
  let isFirst = true;
  return () => {
    if (!isFirst) return { status: 200, body: '{}' };
    isFirst = false;
    return row;
  };
}

/** The API gets the row; an endpoint that speaks of tokens alone calls the token alive. */
function apiCalls(row: Play): (path: string) => Play {
  return (path) => (/introspect/i.test(path) ? { status: 200, body: ALIVE } : row);
}

function clientIdOf(platform: Platform): string {
  const prefix = platform.toUpperCase();
  return SETTINGS[`${prefix}_CLIENT_ID`] ?? SETTINGS[`${prefix}_APP_ID`] ?? SETTINGS[`${prefix}_CLIENT_KEY`] ?? '';
}

/** What lifecycle.md says follows from the class of the platform's table. */
function expectedOf({ class: failureClass, reason }: ErrorAnswer): string {
  const { final, alert, defaultReason } = FAILURE_RULES[failureClass];
  const status = final ? 'needs_reconnect' : 'connected';
  return words(final ? 'cut off' : failureClass, final ? (reason ?? defaultReason) : reason, status, alert);
}

function gotOf(announced: Announced, vault: PlayedVault, appAlerts: number): string {
  const { grant } = announced;
  const { status, reason } = statusOf(grant, vault.parts.clock.now());
  const failure = 'failure' in announced ? announced.failure : null;
  const isCutOff = status === 'needs_reconnect';
  const alert = isCutOff ? 'people' : appAlerts > 0 ? 'operator' : 'nobody';
  const told = isCutOff ? 'cut off' : (failure?.class ?? 'no failure');
  return words(told, isCutOff ? reason : (failure?.reason ?? null), status, alert);
}

/** By the one status function, on what the vault announced. */
function statusOf(grant: GrantStateData, now: Date): ReturnType<typeof connectionStatus> {
  const [connection] = grant.connections;
  const cutOff = connection?.cutOff ?? null;
  return connectionStatus({ removed: false, cutOff, deadline: null }, now);
}

function words(failure: string, reason: string | null, status: string, alert: string): string {
  return [failure, reason ?? '–', status, `tells ${alert}`].join(' · ');
}
