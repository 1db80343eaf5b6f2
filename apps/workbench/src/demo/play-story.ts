import type { Stack } from '../stack/stack.ts';
import { playKinds } from './kinds/play-kinds.ts';
import { LeakScan } from './leak-scan.ts';
import { aftermath } from './steps/aftermath.ts';
import { connectAndRenew } from './steps/connect-and-renew.ts';
import { cutOffAndMend } from './steps/cut-off-and-mend.ts';
import { letGo } from './steps/let-go.ts';
import { outage } from './steps/outage.ts';
import { refusals } from './steps/refusals.ts';
import type { SpanCollector } from './span-collector.ts';
import type { Story } from './story.ts';
import { DemoWorld } from './world.ts';

/** How the story is played. */
export interface PlayOptions {
  /** Services die at named points and are started again. */
  readonly kill: boolean;
  /** Undefined: the main story; else every kind of one platform, or of `all`. */
  readonly platform: string | undefined;
  /** Where the services send their spans; searched for leaks too. */
  readonly spans: SpanCollector | undefined;
  readonly signal: AbortSignal;
}

type Chapter = (play: () => Promise<void>) => Promise<void>;

async function mainStory(story: Story, world: DemoWorld, chapter: Chapter): Promise<void> {
  const ids = await connectAndRenew(story, world);
  await chapter(() => cutOffAndMend(story, world, ids));
  await chapter(() => outage(story, world, ids));
  await chapter(() => letGo(story, world, ids));
  await chapter(() => refusals(story, world));
}

/** The whole story on a running stack. Throws at the first step that does not hold. */
export async function playStory(story: Story, stack: Stack, options: PlayOptions): Promise<void> {
  const leaks = new LeakScan(stack, options.spans);
  const world = new DemoWorld(stack, { kills: options.kill, onAnswer: (url, body) => leaks.heard(url, body) });
  const chapter: Chapter = async (play) => {
    options.signal.throwIfAborted();
    await play();
  };
  try {
    const { platform } = options;
    if (platform === undefined) await mainStory(story, world, chapter);
    else await playKinds(story, world, platform);
    await chapter(() => aftermath(story, world, leaks));
  } finally {
    world.live?.close();
  }
}
