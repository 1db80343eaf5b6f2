import type { Stack } from '../stack/stack.ts';
import { unreachedFaultPoints } from './kills.ts';
import { LeakScan } from './leak-scan.ts';
import { connectAndRenew } from './steps/connect-and-renew.ts';
import { cutOffAndMend } from './steps/cut-off-and-mend.ts';
import { letGo } from './steps/let-go.ts';
import { outage } from './steps/outage.ts';
import { refusals } from './steps/refusals.ts';
import { eventually, expectThat, type Story } from './story.ts';
import { DemoWorld } from './world.ts';

/** How the story is played. */
export interface PlayOptions {
  /** Services die at named points and are started again. */
  readonly kill: boolean;
  readonly signal: AbortSignal;
}

/** The whole story on a running stack. Throws at the first step that does not hold. */
export async function playStory(story: Story, stack: Stack, options: PlayOptions): Promise<void> {
  const leaks = new LeakScan(stack);
  const world = new DemoWorld(stack, { kills: options.kill, onAnswer: (url, body) => leaks.heard(url, body) });
  try {
    const ids = await connectAndRenew(story, world);
    options.signal.throwIfAborted();
    await cutOffAndMend(story, world, ids);
    options.signal.throwIfAborted();
    await outage(story, world, ids);
    await letGo(story, world, ids);
    await refusals(story, world);
    if (options.kill) {
      await story.step('S80', 'every named fault point has killed its service once', async () => {
        const missing = await eventually(
          'not every fault point was reached',
          async () => {
            const unreached = await unreachedFaultPoints(stack);
            return unreached.length === 0 && unreached;
          },
          { seen: () => unreachedFaultPoints(stack) },
        );
        return missing.join(', ');
      });
    }
    await story.step('S90', 'no token, code or client secret in any log, topic, answer or table', async () => {
      const { found, searched } = await leaks.search(await world.control('GET', '/canaries'));
      expectThat(found.length === 0, `leaked: ${found.slice(0, 5).join('; ')}`);
      return searched;
    });
  } finally {
    world.live?.close();
  }
}
