import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { minutes } from '@mooring/contracts';
import { seen } from '../src/demo/consent.ts';
import type { KindPlay } from '../src/demo/kinds/kind-play.ts';
import { playKind } from '../src/demo/kinds/play-kind.ts';
import { Story } from '../src/demo/story.ts';
import { DemoWorld } from '../src/demo/world.ts';
import { LiveListener } from '../src/clients/live-listener.ts';
import { freePorts } from '../src/stack/ports.ts';
import { seedDirectory } from '../src/stack/seed.ts';
import type { Stack as StackClass } from '../src/stack/stack.ts';
import { PlayedBulletin } from './seventh-platform/played-bulletin.ts';
import { addBulletin, copyRepository, type RepositoryCopy } from './seventh-platform/repository-copy.ts';

const MINUTES_MAX = 4;

describe('B11 a seventh platform', () => {
  let copy: RepositoryCopy;
  let bulletin: PlayedBulletin | undefined;
  let stack: StackClass | undefined;
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'mooring-seventh-data-'));
    bulletin = await PlayedBulletin.start();
    copy = await copyRepository();
    await addBulletin(copy.directory);
  }, minutes(MINUTES_MAX));
  afterAll(async () => {
    await stack?.stop();
    await bulletin?.stop();
    await copy?.remove();
    await rm(directory, { recursive: true, force: true });
  }, minutes(1));

  it('is a folder and a line of the registry, and touches nothing else', async () => {
    const changed = await copy.changed();
    const elsewhere = changed.filter((path) => !path.startsWith('libs/adapters/bulletin/'));
    expect(elsewhere).toEqual(['libs/adapters/registry/src/definitions.ts']);
  });

  it(
    'L-01 L-13 L-15 L-19 L-20 is connected, renewed, cut off, told about, reconnected and revoked by the services as they are',
    async () => {
      const url = bulletin?.url ?? '';
      const ports = await freePorts();
      const { Stack } = (await import(join(copy.directory, 'apps/workbench/dist/stack/stack.js'))) as {
        Stack: typeof StackClass;
      };
      const settings = {
        BULLETIN_CLIENT_ID: 'seventh',
        BULLETIN_CLIENT_SECRET: 'CANARY-seventh-secret',
        BULLETIN_AUTH_URL: url,
        BULLETIN_API_URL: url,
        BULLETIN_REDIRECT_URI: `http://127.0.0.1:${ports.edge}/connect/bulletin/callback`,
      };
      const options = { directory, ports, bus: 'embedded', testing: true, owner: 'seventh' } as const;
      stack = await Stack.start({ ...options, extraEnvironment: () => settings });
      await seedDirectory(stack.facts);
      const world = new DemoWorld(stack, { kills: false, onAnswer: () => undefined });
      const story = new Story(() => undefined);
      const olivia = world.person('olivia');
      world.live = new LiveListener(`${world.urls.console}/v1/live?workspace=${world.workspace}`, () =>
        olivia.headers(),
      );
      try {
        await playKind(story, world, { play: playOf(bulletin), number: 7 });
      } finally {
        world.live.close();
      }
      expect(story.steps.map(({ ok }) => ok)).toEqual(Array.from({ length: 8 }, () => true));
      expect(bulletin?.renewals).toBeGreaterThanOrEqual(1);
    },
    minutes(MINUTES_MAX),
  );
});

function playOf(bulletin: PlayedBulletin | undefined): KindPlay {
  return {
    kind: 'bulletin_board',
    platform: 'bulletin',
    title: 'Bulletin board',
    untilRenewalMs: minutes(50),
    consent: async (_world, person, startUrl) => seen(await person.browser.open(startUrl)),
    cutOff: () => Promise.resolve(bulletin?.removeApp()),
    heardBy: 'inspection',
    reasons: ['removed_in_settings'],
    revocations: ['revoked'],
  };
}
