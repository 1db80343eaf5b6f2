import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { callJson } from '../../src/clients/service-api.ts';
import { freePorts } from '../../src/stack/ports.ts';
import { seedDirectory } from '../../src/stack/seed.ts';
import { addresses } from '../../src/stack/settings.ts';
import { Stack } from '../../src/stack/stack.ts';
import { Accounts } from './accounts.ts';
import { type Device, startBrowser, Visitor } from './visitor.ts';

/** The real stack with the demo directory, and a browser before it. */
export interface Stage {
  readonly urls: ReturnType<typeof addresses>;
  readonly browser: Browser;
  /** Opens the product's page as somebody whom it doesn't know. */
  readonly visit: (device: Device) => Promise<Accounts>;
  /** What a person of Facebook's does elsewhere. */
  readonly changePassword: (person: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts everything on free ports in a temporary directory. */
export async function startStage(executablePath: string): Promise<Stage> {
  const directory = await mkdtemp(join(tmpdir(), 'mooring-browser-'));
  const [stack, browser] = await Promise.all([startStack(directory), startBrowser(executablePath)]);
  const urls = addresses(stack.facts.ports);
  await seedDirectory(stack.facts);
  return {
    urls,
    browser,
    visit: async (device) => {
      const visitor = await Visitor.come(browser, device);
      await visitor.page.goto(urls.console);
      return new Accounts(visitor);
    },
    changePassword: async (person) => {
      const url = `${urls.sandbox}/control/facebook/people/${person}/password-changed`;
      const { status } = await callJson(url, { method: 'POST', headers: {} });
      if (status >= 300) throw new Error(`the sandbox answered ${status}`);
    },
    stop: async () => {
      await browser.close();
      await stack.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function startStack(directory: string): Promise<Stack> {
  return Stack.start({
    directory,
    ports: await freePorts(),
    bus: 'embedded',
    testing: true,
    owner: 'browser',
  });
}
