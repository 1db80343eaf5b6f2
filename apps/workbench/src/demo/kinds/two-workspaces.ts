import type { Person } from '../../clients/person.ts';
import { WORKSPACES } from '../../stack/seed.ts';
import { claim, consent } from '../consent.ts';
import { expectThat, type Story } from '../story.ts';
import type { DemoWorld } from '../world.ts';

interface Connected {
  readonly person: Person;
  readonly workspaceId: string;
  readonly id: string;
}

/** B10: what Meta takes back app-wide for a person is kept while another workspace, or another consent, lives on it. */
export async function twoWorkspaces(story: Story, world: DemoWorld): Promise<void> {
  const { harbour, riverside } = WORKSPACES;
  let both: readonly Connected[] = [];
  await story.step('B10a', 'one person of Facebook is connected in two workspaces', async () => {
    both = [
      await connectPage(world, { person: world.person('olivia'), workspaceId: harbour.id }),
      await connectPage(world, { person: world.person('oscar'), workspaceId: riverside.id }),
    ];
    return both.map(({ workspaceId }) => workspaceId).join(', ');
  });
  await story.step('B10b', 'disconnecting in one keeps the other’s tokens at Meta', async () => {
    const [here, there] = both;
    expectThat(here !== undefined && there !== undefined, 'two connections are wanted');
    const kept = await letGo(here);
    expectThat(kept === 'kept_for_siblings', `the platform side is ${kept}`);
    await expectLiving(world, there);
    const revoked = await letGo(there);
    expectThat(revoked === 'revoked' || revoked === 'pending', `the platform side is ${revoked}`);
    return `${kept}, then ${revoked}`;
  });
  await story.step(
    'B10c',
    'two people of Facebook in one workspace: letting one go leaves the other alone',
    async () => {
      const olivia = world.person('olivia');
      const first = await connectPage(world, { person: olivia, workspaceId: harbour.id });
      const second = await connectPage(world, { person: olivia, workspaceId: harbour.id, facebookPerson: 'petra' });
      const revoked = await letGo(first);
      expectThat(revoked === 'revoked' || revoked === 'pending', `the platform side is ${revoked}`);
      await expectLiving(world, second);
      await letGo(second);
      return revoked;
    },
  );
}

async function connectPage(
  world: DemoWorld,
  given: { person: Person; workspaceId: string; facebookPerson?: string },
): Promise<Connected> {
  const { person, workspaceId, facebookPerson } = given;
  const returnUrl = `${world.urls.console}/`;
  const begun = await person.call('POST', `/v1/workspaces/${workspaceId}/connect-sessions`, {
    platform: 'facebook',
    returnUrl,
  });
  expectThat(begun.status === 201, `a session answered ${begun.status} ${JSON.stringify(begun.body)}`);
  const { startUrl } = begun.body as { startUrl: string };
  const back = await consent(person, startUrl, facebookPerson === undefined ? {} : { facebookPerson });
  const claimed = await claim(person, back);
  expectThat(claimed.status < 300, `the claim answered ${claimed.status} ${JSON.stringify(claimed.body)}`);
  const { accounts } = claimed.body as { accounts: { accountId: string; kind: string; selectable: boolean }[] };
  const page = accounts.find((each) => each.kind === 'facebook_page' && each.selectable);
  expectThat(page !== undefined, 'no Page can be chosen');
  const path = `/v1/connect-sessions/${back.session}/selection`;
  const chosen = { accountId: page.accountId, kind: page.kind };
  const { status, body } = await person.call('POST', path, { accounts: [chosen] });
  expectThat(status < 300, `the selection answered ${status} ${JSON.stringify(body)}`);
  const [connection] = (body as { connections: { id: string }[] }).connections;
  return { person, workspaceId, id: connection?.id ?? '' };
}

async function letGo({ person, id }: Connected): Promise<string> {
  const { status, body } = await person.call('DELETE', `/v1/connections/${id}`);
  expectThat(status === 200, `disconnecting answered ${status} ${JSON.stringify(body)}`);
  return (body as { revocation: { result: string } }).revocation.result;
}

/** The platform itself takes the token that the vault serves. */
async function expectLiving(world: DemoWorld, { id, workspaceId }: Connected): Promise<void> {
  const read = await world.publisher.call('POST', `${world.urls.vaultTokens}/v1/tokens`, {
    workspaceId,
    connectionId: id,
  });
  expectThat(read.status === 200, `the token read answered ${read.status}`);
  const { accessToken = '', accountId, appSecretProof = '' } = read.body as Record<string, string>;
  const url = new URL(`${world.urls.sandbox}/graph.facebook.com/v25.0/${accountId}`);
  url.search = new URLSearchParams({
    fields: 'id',
    access_token: accessToken,
    appsecret_proof: appSecretProof,
  }).toString();
  const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) });
  await answer.body?.cancel();
  expectThat(answer.ok, `Facebook refuses the other's token: HTTP ${answer.status}`);
}
