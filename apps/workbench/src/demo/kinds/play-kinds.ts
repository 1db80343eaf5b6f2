import { LiveListener } from '../../clients/live-listener.ts';
import type { Story } from '../story.ts';
import type { DemoWorld } from '../world.ts';
import { KINDS } from './kinds.ts';
import { playKind } from './play-kind.ts';
import { twoWorkspaces } from './two-workspaces.ts';
import { wrongSecret } from './wrong-secret.ts';

/** Names that `--platform` takes beside `all`. */
export const PLAYED_PLATFORMS: readonly string[] = [...new Set(KINDS.map(({ platform }) => platform))];

/** Lives through the whole life of an account for every kind of the platform, or of all platforms. */
export async function playKinds(story: Story, world: DemoWorld, platform: string): Promise<void> {
  const olivia = world.person('olivia');
  await olivia.signIn();
  world.live = new LiveListener(`${world.urls.console}/v1/live?workspace=${world.workspace}`, () => olivia.headers());
  for (const [index, play] of KINDS.entries()) {
    if (platform === 'all' || play.platform === platform) await playKind(story, world, { play, number: index + 1 });
  }
  if (platform !== 'all') return;
  await twoWorkspaces(story, world);
  await wrongSecret(story, world);
}
