import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { chromiumOrReason } from './chromium.ts';
import { kafkaOrReason } from './kafka.ts';

const root = join(import.meta.dirname, '../../../..');
const nx = join(root, 'node_modules/.bin/nx');

/** Suites one after another: unit tests are many and small, the others want the machine for themselves. */
const SUITES = [
  { title: 'unit tests', args: ['run-many', '-t', 'test', '--parallel=2'], limitMinutes: 15 },
  { title: 'services, adapters, bus, browser', args: ['run-many', '-t', 'test-e2e', '--parallel=1'], limitMinutes: 50 },
];

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** Runs a suite, shows its output, and adds up what Jest says of every project. */
async function runSuite(suite: (typeof SUITES)[number], env: NodeJS.ProcessEnv, counts: Counts): Promise<boolean> {
  const args = [...suite.args, '--outputStyle=static'];
  const child = spawn(nx, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const end = (signal: NodeJS.Signals): void => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, signal);
  };
  // A group of its own hears no Ctrl-C of the terminal.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      child.once('close', () => process.exit(130));
      end(signal);
    });
  }
  const limit = setTimeout(() => {
    console.error(
      `\n${suite.title}: not over after ${suite.limitMinutes} minutes; ended. The project without a result hangs.`,
    );
    end('SIGKILL');
    // Not awaited: what it started may hold its output open for ever.
    process.exit(1);
  }, suite.limitMinutes * 60_000);
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
  clearTimeout(limit);
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
for (const suite of SUITES) {
  console.log(`\n── ${suite.title}`);
  ok = (await runSuite(suite, env, counts)) && ok;
}
for (const line of leftOut) console.log(`Left out: ${line}`);
console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(ok && counts.failed === 0 && counts.passed > 0 ? 0 : 1);
