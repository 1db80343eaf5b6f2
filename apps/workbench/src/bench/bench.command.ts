import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** One figure of a benchmark with the baseline of the same run. */
interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline: number | null;
  readonly ratio: number | null;
  readonly goal: string;
  readonly holds: boolean;
}

interface BenchReport {
  readonly name: string;
  readonly figures: readonly Figure[];
}

const PROJECTS: Readonly<Record<string, string>> = {
  'token-read': 'apps/vault',
  refresh: 'apps/vault',
  relay: 'libs/messaging',
  seal: 'libs/crypto',
  claim: 'apps/scheduler',
};

const root = join(import.meta.dirname, '../../../..');

function table(report: BenchReport): string {
  const cells = report.figures.map((figure) => [
    figure.what,
    `${round(figure.value)} ${figure.unit}`,
    figure.baseline === null ? '' : `${round(figure.baseline)} ${figure.unit}`,
    figure.ratio === null ? '' : String(round(figure.ratio)),
    figure.goal,
    figure.holds ? 'holds' : 'falls short',
  ]);
  const all = [['what', 'value', 'baseline', 'ratio', 'goal', ''], ...cells];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  return all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } });
const [name = ''] = positionals;
const project = PROJECTS[name];
if (!project) {
  console.error(`npm run bench -- NAME, where NAME is one of: ${Object.keys(PROJECTS).join(', ')}`);
  process.exit(2);
}
const compiler = join(root, 'node_modules/typescript/bin/tsc');
const compiled = spawnSync(process.execPath, [compiler, '-p', join(root, project, 'tsconfig.bench.json')], {
  stdio: 'inherit',
});
if (compiled.status !== 0) process.exit(compiled.status ?? 1);
const file = join(root, project, 'dist-bench/bench', `${name}.bench.js`);
const { run } = (await import(file)) as { run: () => Promise<BenchReport> };
const report = await run();
console.log(`${report.name}\n${table(report)}`);
if (values.json) await writeFile(values.json, `${JSON.stringify(report, null, 2)}\n`);
process.exit(report.figures.every((figure) => figure.holds) ? 0 : 1);
