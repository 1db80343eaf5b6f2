import { minutes } from '@mooring/contracts';
import { ServiceClient } from '../../clients/service-api.ts';
import { consent, claim } from '../consent.ts';
import { eventually, expectThat, type Story } from '../story.ts';
import type { ConnectionSeen, DemoWorld } from '../world.ts';

/** How one platform stands, as operators see it; the members that the story looks at. */
interface Readiness {
  readonly platform: string;
  readonly state: string;
  readonly pause: { readonly cause: string | null } | null;
  readonly checks: readonly { readonly name: string; readonly outcome: string; readonly detail: string }[];
}

const PLATFORM = 'x';

/** B6: the operator's secret at one platform is wrong for a while. Nobody's account is touched, and one alert says it. */
export async function wrongSecret(story: Story, world: DemoWorld): Promise<void> {
  let id = '';
  const operator = new ServiceClient({
    issuer: world.urls.issuer,
    clientId: 'directory',
    clientSecret: world.stack.facts.secrets.directorySecret,
    resource: 'urn:mooring:api',
    scope: 'platforms:read',
  });
  const alertsBefore = await operatorAlerts(world);
  await story.step(
    'B6a',
    'the app’s secret at X is wrong: readiness says so, and the operator is told once',
    async () => {
      id = await connect(world);
      await world.control('PUT', `/${PLATFORM}/app`, { clientSecret: 'CANARY-changed-at-the-platform-0001' });
      const failed = await eventually('readiness does not say it', async () => {
        await world.moveClock(minutes(95));
        const seen = await readinessOf(world, operator);
        return seen.checks.some(({ outcome }) => outcome === 'failed') && seen;
      });
      const alerts = (await operatorAlerts(world)) - alertsBefore;
      expectThat(alerts === 1, `the operator was told ${alerts} times`);
      return failed.checks.find(({ outcome }) => outcome === 'failed')?.detail;
    },
  );
  await story.step('B6b', 'no connection is touched and nobody is alarmed', async () => {
    const seen = await connectionOf(world, id);
    expectThat(seen.status === 'connected', `the status is ${seen.status}`);
    expectThat((await world.openAlerts()).length === 0, 'people were alarmed');
    return seen.status;
  });
  await story.step('B6c', 'once it is mended the platform is ready, and the account is renewed', async () => {
    const before = (await connectionOf(world, id)).lastRefreshedAt;
    await world.control('PUT', `/${PLATFORM}/app`, { clientSecret: world.secretOf(PLATFORM) });
    let readiness: Readiness | undefined;
    await eventually(
      'the platform is not ready again',
      async () => {
        readiness = await readinessOf(world, operator);
        return readiness.pause === null && readiness.checks.every(({ outcome }) => outcome !== 'failed');
      },
      { seen: () => readiness },
    );
    await eventually('the account was not renewed', async () => {
      await world.moveClock(minutes(5));
      const { lastRefreshedAt, status } = await connectionOf(world, id);
      return lastRefreshedAt !== before && status === 'connected';
    });
    const { status } = await world.person('olivia').call('DELETE', `/v1/connections/${id}`);
    expectThat(status === 200, `disconnecting answered ${status}`);
    return undefined;
  });
}

async function connect(world: DemoWorld): Promise<string> {
  const olivia = world.person('olivia');
  const body = { platform: PLATFORM, returnUrl: `${world.urls.console}/` };
  const begun = await olivia.call('POST', `/v1/workspaces/${world.workspace}/connect-sessions`, body);
  const back = await consent(olivia, (begun.body as { startUrl: string }).startUrl);
  const claimed = await claim(olivia, back);
  expectThat(claimed.status < 300, `the claim answered ${claimed.status} ${JSON.stringify(claimed.body)}`);
  const { accounts } = claimed.body as { accounts: { accountId: string; kind: string }[] };
  const chosen = accounts.slice(0, 1).map(({ accountId, kind }) => ({ accountId, kind }));
  const selection = await olivia.call('POST', `/v1/connect-sessions/${back.session}/selection`, { accounts: chosen });
  expectThat(selection.status < 300, `the selection answered ${selection.status}`);
  return (selection.body as { connections: { id: string }[] }).connections[0]?.id ?? '';
}

async function connectionOf(world: DemoWorld, id: string): Promise<ConnectionSeen> {
  const found = (await world.connections()).find((each) => each.id === id);
  expectThat(found !== undefined, 'the connection is not listed');
  return found;
}

async function readinessOf(world: DemoWorld, operator: ServiceClient): Promise<Readiness> {
  const { status, body } = await operator.call('GET', `${world.urls.console}/v1/platforms/readiness`);
  expectThat(status === 200, `readiness answered ${status} ${JSON.stringify(body)}`);
  const found = (body as { data: Readiness[] }).data.find(({ platform }) => platform === PLATFORM);
  expectThat(found !== undefined, 'X is not listed');
  return found;
}

/** How often the vault has called for the operator because of the platform's app. */
async function operatorAlerts(world: DemoWorld): Promise<number> {
  const answer = await fetch(`${world.urls.ops.vault}/metrics`, { signal: AbortSignal.timeout(10_000) });
  const lines = (await answer.text())
    .split('\n')
    .filter((line) => line.startsWith('mooring_vault_operator_alerts_total{'));
  const ours = lines.filter(
    (line) => line.includes('"platform_misconfigured"') && line.includes(`platform="${PLATFORM}"`),
  );
  return ours.reduce((total, line) => total + Number(line.split(' ').at(-1)), 0);
}
