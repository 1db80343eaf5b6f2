import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { chromiumOrReason } from './chromium.ts';
import { kafkaOrReason } from './kafka.ts';

const root = join(import.meta.dirname, '../../../..');
const nx = join(root, 'node_modules/.bin/nx');

/** Suites one after another: unit tests are many and small, the others want the machine for themselves. */
const SUITES: readonly (readonly [string, readonly string[]])[] = [
  ['unit tests', ['run-many', '-t', 'test', '--parallel=2']],
  ['services, adapters, bus, browser', ['run-many', '-t', 'test-e2e', '--parallel=1']],
];

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** Runs a suite, shows its output, and adds up what Jest says of every project. */
async function runSuite(args: readonly string[], env: NodeJS.ProcessEnv, counts: Counts): Promise<boolean> {
  const child = spawn(nx, [...args, '--outputStyle=static'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let tail = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      process.stdout.write(chunk);
      const lines = (tail + chunk).split('\n');
      tail = lines.pop() ?? '';
      for (const line of lines) count(line, counts);
    });
  }
  const code = await new Promise<number>((resolve) => child.on('close', (status) => resolve(status ?? 1)));
  return code === 0;
}

function count(line: string, counts: Counts): void {
  const plain = stripVTControlCharacters(line);
  if (!/^Tests:\s/.test(plain)) return;
  for (const [, number, what] of plain.matchAll(/(\d+) (passed|failed|skipped)/g)) {
    counts[what as keyof Counts] += Number(number);
  }
}

const kafka = await kafkaOrReason();
const chromium = await chromiumOrReason();
const leftOut: string[] = [];
if ('reason' in kafka) leftOut.push(`everything that needs a real Kafka: ${kafka.reason}`);
if ('reason' in chromium) leftOut.push(`everything that needs a browser: ${chromium.reason}`);
for (const line of leftOut) console.log(`Left out: ${line}`);
if (leftOut.length > 0 && process.env.CI === 'true') {
  console.error('With CI=true no suite may be left out.');
  process.exit(1);
}

const env: NodeJS.ProcessEnv = {
  ...process.env,
  NX_TUI: 'false',
  KAFKAJS_NO_PARTITIONER_WARNING: '1',
  ...('path' in chromium ? { CHROMIUM_PATH: chromium.path } : {}),
};
const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
let ok = true;
for (const [title, args] of SUITES) {
  console.log(`\n── ${title}`);
  ok = (await runSuite(args, env, counts)) && ok;
}
for (const line of leftOut) console.log(`Left out: ${line}`);
console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(ok && counts.failed === 0 && counts.passed > 0 ? 0 : 1);
