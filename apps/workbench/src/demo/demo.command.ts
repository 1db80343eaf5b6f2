import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { freePorts } from '../stack/ports.ts';
import { seedDirectory } from '../stack/seed.ts';
import { Stack, type StackOptions } from '../stack/stack.ts';
import { onStopSignal } from '../stack/stop-signals.ts';
import { armedEnvironment, restartTheKilled } from './kills.ts';
import { PLAYED_PLATFORMS } from './kinds/play-kinds.ts';
import { playStory } from './play-story.ts';
import { startSpanCollector } from './span-collector.ts';
import { patiently, Story } from './story.ts';

const { values } = parseArgs({
  options: {
    kafka: { type: 'boolean', default: false },
    kill: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    spans: { type: 'boolean', default: false },
    json: { type: 'string' },
    platform: { type: 'string' },
  },
});

function busOf(): StackOptions['bus'] {
  const brokers = process.env.KAFKA_BROKERS;
  if (values.kafka && brokers) return { brokers };
  return values.kafka ? 'local-kafka' : 'embedded';
}

if (values.platform && ![...PLAYED_PLATFORMS, 'all'].includes(values.platform)) {
  console.error(`--platform takes all, or one of: ${PLAYED_PLATFORMS.join(', ')}`);
  process.exit(2);
}
const begun = performance.now();
const directory = await mkdtemp(join(tmpdir(), 'mooring-demo-'));
const story = new Story((line) => console.log(line));
const aborter = new AbortController();
onStopSignal(() => aborter.abort(new Error('the demo was stopped')));

const facts = (running: Stack | undefined): Stack['facts'] => {
  if (!running) throw new Error('the stack is not there');
  return running.facts;
};
const spans = values.spans ? await startSpanCollector() : undefined;
let stack: Stack | undefined;
try {
  await story.step('S00', 'everything starts', async () => {
    stack = await Stack.start({
      directory,
      ports: await freePorts(),
      bus: busOf(),
      testing: true,
      owner: 'demo',
      signal: aborter.signal,
      extraEnvironment: (service) => ({
        ...(values.kill ? armedEnvironment(service) : {}),
        ...(spans ? { OTEL_EXPORTER_OTLP_ENDPOINT: spans.endpoint, OTEL_BSP_SCHEDULE_DELAY: '200' } : {}),
      }),
      ...(values.kill ? { onStarting: restartTheKilled } : {}),
    });
    await patiently(values.kill, () => seedDirectory(facts(stack)));
    return values.kafka ? 'with Kafka' : 'with the embedded bus';
  });
  const { kill, platform } = values;
  if (stack) await playStory(story, stack, { kill, platform, spans, signal: aborter.signal });
} catch (error) {
  if (story.ok) console.error(error);
} finally {
  await stack?.stop().catch((error: unknown) => console.error(`stopping: ${(error as Error).message}`));
}

await spans?.close();
const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
console.log(
  `${story.ok ? 'The story holds' : 'The story does not hold'}: ${story.steps.length} steps in ${seconds} s.`,
);
if (values.json) {
  await writeFile(values.json, `${JSON.stringify({ ok: story.ok, steps: story.steps }, null, 2)}\n`);
}
if (values.keep || !story.ok) console.log(`Logs: ${join(directory, 'logs')}`);
else await rm(directory, { recursive: true, force: true });
process.exit(story.ok ? 0 : 1);
