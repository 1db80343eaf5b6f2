import { eventually, expectThat, type Story } from '../story.ts';
import type { DemoWorld, ProblemSeen } from '../world.ts';

/** Disconnecting: the first leaves its sibling working, the second takes everything back. */
export async function letGo(story: Story, world: DemoWorld, ids: readonly string[]): Promise<void> {
  const olivia = world.person('olivia');
  const [first = '', second = ''] = ids;
  await story.step('S40', 'disconnecting one Page leaves the sibling working', async () => {
    const preview = await olivia.call('GET', `/v1/connections/${first}/disconnect-preview`);
    expectThat(preview.status === 200, `the preview answered ${preview.status}`);
    const { siblings } = preview.body as { siblings: { id: string }[] };
    expectThat(
      siblings.some((each) => each.id === second),
      'the preview does not name the sibling',
    );
    const result = await disconnect(world, first);
    expectThat(result === 'kept_for_siblings', `the platform side is ${result}`);
    await world.publish(second, 'Still here');
    const { status, body } = await world.readToken(first);
    expectThat(status === 409 || status === 404, `the token of the disconnected Page is still served: ${status}`);
    return `${result}; token read ${status} ${(body as ProblemSeen).code}`;
  });
  await story.step('S41', 'disconnecting the second revokes at Meta and destroys the grant', async () => {
    const result = await disconnect(world, second);
    // A renewal that is under way finishes first, and what it brings is revoked then; the history tells the end.
    expectThat(result === 'revoked' || result === 'pending', `the platform side is ${result}`);
    const { status } = await world.readToken(second);
    expectThat(status === 409 || status === 404, `a token is still served: ${status}`);
    await eventually('the history does not tell what came of it', async () => {
      const { body } = await olivia.call('GET', `/v1/connections/${second}/events`);
      return (body as { data: { kind: string }[] }).data.some((entry) => entry.kind === 'RevocationReported');
    });
    const person = (await world.control('GET', '/facebook/people/fiona')) as FacebookPerson;
    expectThat(!person.authorized, 'the app still has permissions at Facebook');
    expectThat(
      person.tokens.length > 0 && person.tokens.every((token) => !token.valid),
      'a token still works at Facebook',
    );
    return result;
  });
}

/** What the sandbox says of one of its people. */
interface FacebookPerson {
  readonly authorized: boolean;
  readonly tokens: readonly { readonly valid: boolean }[];
}

async function disconnect(world: DemoWorld, id: string): Promise<string> {
  const { status, body } = await world.person('olivia').call('DELETE', `/v1/connections/${id}`);
  expectThat(status === 200, `disconnecting answered ${status} ${JSON.stringify(body)}`);
  return (body as { revocation: { result: string } }).revocation.result;
}
