import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** One case: what must come out, and what the product did. */
interface Row {
  readonly id: string;
  readonly expected: string;
  readonly got: string;
  readonly ok: boolean;
}

/** What a conformance module exports as `run`. It runs the product; an expectation is never its own answer. */
type Run = (options: { readonly rounds: number | undefined }) => Promise<readonly Row[]>;

/** Where each conformance is: `<project>/conformance/<name>.conformance.ts`. */
const PROJECTS: Readonly<Record<string, string>> = {
  platforms: 'apps/vault',
  rotation: 'apps/vault',
  crash: 'apps/vault',
  outage: 'apps/vault',
  complaints: 'apps/workbench',
};

const root = join(import.meta.dirname, '../../../..');

function table(rows: readonly Row[]): string {
  const all = [
    ['id', 'expected', 'got', ''],
    ...rows.map(({ id, expected, got, ok }) => [id, expected, got, ok ? 'holds' : 'FAILS']),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((cells) => cells[column]?.length ?? 0)));
  return all
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' }, rounds: { type: 'string' } },
});
const [name = ''] = positionals;
const project = PROJECTS[name];
if (!project) {
  console.error(`npm run conformance -- NAME, where NAME is one of: ${Object.keys(PROJECTS).join(', ')}`);
  process.exit(2);
}
const compiler = join(root, 'node_modules/typescript/bin/tsc');
const compiled = spawnSync(process.execPath, [compiler, '-p', join(root, project, 'tsconfig.conformance.json')], {
  stdio: 'inherit',
});
if (compiled.status !== 0) process.exit(compiled.status ?? 1);
const file = join(root, project, 'dist-conformance/conformance', `${name}.conformance.js`);
const { run } = (await import(file)) as { run: Run };
const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
const rows = await run({ rounds });
console.log(table(rows));
const failing = rows.filter(({ ok }) => !ok).length;
console.log(`\n${name}: ${rows.length - failing} of ${rows.length} rows hold`);
if (values.json) await writeFile(values.json, `${JSON.stringify({ name, rows }, null, 2)}\n`);
process.exit(rows.length > 0 && failing === 0 ? 0 : 1);
