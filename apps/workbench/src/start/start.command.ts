import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { assertFree, PORTS, PortInUseError, type PortPlan } from '../stack/ports.ts';
import { seedDirectory } from '../stack/seed.ts';
import { addresses } from '../stack/settings.ts';
import { Stack, type StackOptions } from '../stack/stack.ts';
import { onStopSignal } from '../stack/stop-signals.ts';

const root = join(import.meta.dirname, '../../../..');

const STOPPED_EARLY = 'stopped before everything ran';

const { values } = parseArgs({
  options: { kafka: { type: 'boolean', default: false }, fresh: { type: 'boolean', default: false } },
});

function busOf(): StackOptions['bus'] {
  const brokers = process.env.KAFKA_BROKERS;
  if (brokers) return { brokers };
  return values.kafka ? 'local-kafka' : 'embedded';
}

function needed(bus: StackOptions['bus'], databaseUrl: string | undefined): Partial<PortPlan> {
  const { postgres, kafka, ...always } = PORTS;
  return { ...always, ...(databaseUrl ? {} : { postgres }), ...(bus === 'local-kafka' ? { kafka } : {}) };
}

function welcome(stack: Stack, seconds: string): string {
  const urls = addresses(stack.facts.ports);
  return `
Mooring is ready (${seconds} s).

  Connected accounts   ${urls.console}
  Sandbox              ${urls.sandbox}   plays the five platforms and signs people in; break things here
  API document         ${urls.console}/v1/openapi.json
  Metrics, probes      ${Object.values(urls.ops)
    .map((each) => new URL(each).port)
    .join(', ')} on 127.0.0.1: /metrics /livez /readyz
  Logs                 ${join(stack.facts.directory, 'logs')}

Demo people (one click, no password)
  Olivia Owner, Adam Admin   may connect in "Harbour Café"
  Eddie Editor, Vera Viewer  see it
  Hanna Hub                  administers the hub;  Oscar Other owns "Riverside";  Sam Stranger is in no workspace

What to try
  1. Open the page, sign in as Olivia, Connect account, Facebook (or any other), Continue, Connect.
  2. At the sandbox press "Password changed" for Fiona, then "Check now" on a card: it says why, and one reconnect heals all.
  3. At the sandbox let the platform answer 503: nothing changes, nobody is alarmed.

Ctrl-C stops everything; the data stay for the next start (npm start -- --fresh begins anew).
`;
}

async function main(): Promise<void> {
  const begun = performance.now();
  const directory = join(root, '.data');
  const bus = busOf();
  const databaseUrl = process.env.DATABASE_URL;
  await assertFree(needed(bus, databaseUrl));
  if (values.fresh) await rm(directory, { recursive: true, force: true });
  const aborter = new AbortController();
  const { signal } = aborter;
  let stop = (): Promise<void> => Promise.resolve();
  const end = (code: number): void => {
    if (signal.aborted) return;
    console.log('Stopping …');
    aborter.abort(new Error(STOPPED_EARLY));
    // While the stack is still starting, the abort ends that, and the start's own clean-up stops what runs.
    void starting
      .then(
        () => stop(),
        () => undefined,
      )
      .then(
        () => process.exit(code),
        () => process.exit(1),
      );
  };
  onStopSignal(() => end(0));
  const starting = Stack.start({
    signal,
    directory,
    ports: PORTS,
    bus,
    databaseUrl,
    testing: false,
    owner: 'sandbox',
    onProgress: (what) => console.log(`Starting ${what} …`),
  });
  const stack = await starting;
  stop = () => stack.stop();
  for (const each of Object.values(stack.processes)) {
    each.onUnexpectedExit = (how) => {
      console.error(`${each.plan.name} ended (${how}); see ${each.plan.logFile}`);
      end(1);
    };
  }
  if (signal.aborted) return;
  await seedDirectory(stack.facts);
  console.log(welcome(stack, ((performance.now() - begun) / 1_000).toFixed(1)));
}

await main().catch((error: unknown) => {
  if ((error as Error).message === STOPPED_EARLY) return;
  console.error(
    error instanceof PortInUseError ? error.message : `Mooring did not start: ${String((error as Error).message)}`,
  );
  process.exit(1);
});
