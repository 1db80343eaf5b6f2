import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { chromiumOrReason } from '../src/test/chromium.ts';

/** One case: what must come out, and what the product did. */
interface Row {
  readonly id: string;
  readonly expected: string;
  readonly got: string;
  readonly ok: boolean;
}

interface TestSeen {
  readonly project: string;
  readonly title: string;
  readonly status: string;
}

/** Jest's own report, the members that are read here. */
interface JestReport {
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

const root = join(import.meta.dirname, '../../../..');
const ROOMS = ['apps', 'libs', 'libs/adapters'];
const CONFIGS = ['jest.config.mjs', 'jest.e2e.config.mjs'];
const RUN_MS_MAX = 900_000;
/** A complaint as it stands in titles, followed by anything but a digit. */
const ID = /\bC(\d{2})\b/g;

const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);
/** What users of other products complained about, as far as accounts, tokens and platforms are concerned. */
const PROMISED = [...numbers(1, 55), 58, 62, 64, 77, 87, 90, 93, 94].map(
  (number) => `C${String(number).padStart(2, '0')}`,
);

/** Runs every test whose title names a complaint, and lists complaint → tests → results. */
export async function run(): Promise<readonly Row[]> {
  const directory = await mkdtemp(join(tmpdir(), 'mooring-complaints-'));
  try {
    const seen: TestSeen[] = [];
    for (const project of await projects()) {
      for (const config of CONFIGS.filter((name) => existsSync(join(root, project, name)))) {
        seen.push(...(await testsOf(project, config, join(directory, `${basename(project)}-${config}.json`))));
      }
    }
    return PROMISED.map((id) => rowOf(id, seen));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function projects(): Promise<string[]> {
  const found: string[] = [];
  for (const room of ROOMS) {
    for (const name of await readdir(join(root, room))) {
      const project = join(room, name);
      if (existsSync(join(root, project, 'package.json'))) found.push(project);
    }
  }
  return found;
}

/** Runs the tests of one Jest configuration whose titles name a complaint. */
async function testsOf(project: string, config: string, file: string): Promise<TestSeen[]> {
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const chromium = await chromiumOrReason();
  const args = [
    '-c',
    config,
    '-t',
    String.raw`\bC\d\d\b`,
    '--json',
    `--outputFile=${file}`,
    '--passWithNoTests',
    '--silent',
  ];
  const child = spawn(process.execPath, [jest, ...args], {
    cwd: join(root, project),
    stdio: 'ignore',
    env: {
      ...process.env,
      NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
      KAFKAJS_NO_PARTITIONER_WARNING: '1',
      ...('path' in chromium ? { CHROMIUM_PATH: chromium.path } : {}),
    },
  });
  const limit = setTimeout(() => child.kill('SIGKILL'), RUN_MS_MAX);
  await new Promise((resolve) => child.once('exit', resolve));
  clearTimeout(limit);
  if (!existsSync(file)) return [{ project, title: `${config} gave no result`, status: 'failed' }];
  const report = JSON.parse(await readFile(file, 'utf8')) as JestReport;
  process.stderr.write(`${project} ${config}\n`);
  return report.testResults.flatMap(({ assertionResults }) =>
    assertionResults
      .filter(({ status }) => status !== 'pending')
      .map(({ fullName, status }) => ({ project, title: fullName, status })),
  );
}

function rowOf(id: string, seen: readonly TestSeen[]): Row {
  const tests = seen.filter(({ title }) => [...title.matchAll(ID)].some(([found]) => found === id));
  const failed = tests.filter(({ status }) => status !== 'passed');
  const [first] = failed.length > 0 ? failed : tests;
  const got = first
    ? `${tests.length - failed.length} of ${tests.length} passed, as ${first.project}: ${first.title}`.slice(0, 160)
    : 'no test';
  return { id, expected: 'a test names it, and all that do pass', got, ok: tests.length > 0 && failed.length === 0 };
}
