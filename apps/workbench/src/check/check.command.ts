import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../../..');
const nx = join(root, 'node_modules/.bin/nx');
const bin = (name: string): string => join(root, 'node_modules/.bin', name);

/** What a developer runs before a commit, in the order in which it fails fastest. */
const STEPS: readonly (readonly [string, string, readonly string[]])[] = [
  ['formatting', bin('prettier'), ['--check', '--log-level=warn', '.']],
  [
    'types, lint, build, unit tests',
    nx,
    ['run-many', '-t', 'typecheck,lint,build,test', '--parallel=2', '--outputStyle=static'],
  ],
  ['dependency direction', bin('depcruise'), ['--config', '.dependency-cruiser.mjs', 'apps', 'libs']],
  ['unused code', bin('knip'), []],
];

const begun = performance.now();
const failed: string[] = [];
for (const [title, program, args] of STEPS) {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    env: { ...process.env, NX_TUI: 'false' },
  });
  const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
  console.log(`${status === 0 ? '✓' : '✗'} ${title} (${seconds} s)`);
  if (status === 0) continue;
  failed.push(title);
  console.log(stdout, stderr);
}
process.exit(failed.length === 0 ? 0 : 1);
