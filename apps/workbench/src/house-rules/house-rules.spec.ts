import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFINITIONS } from '@mooring/adapters';

const root = join(import.meta.dirname, '../../../..');
// Files that git tracks or would track; generated code is left out, since nobody reads it.
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => /\.(ts|tsx|mts)$/.test(path) && !path.startsWith('libs/client/src/generated/'));

interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly lines: number;
}

const sources: SourceFile[] = files.flatMap((path) => {
  try {
    const text = readFileSync(join(root, path), 'utf8');
    return [{ path, text, lines: text.split('\n').length - 1 }];
  } catch {
    return [];
  }
});
const isTest = (path: string): boolean =>
  /\.spec\.tsx?$|\/test\/|\/testing\/|\/testing\.ts$|\/bench\/|\/conformance\//.test(path);
const production = sources.filter(({ path }) => !isTest(path));

/** Paths and line numbers where a pattern stands, comments and strings included: a rule that is loud is a rule that holds. */
function offences(where: readonly SourceFile[], pattern: RegExp): string[] {
  return where.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  );
}

/** The files that every platform's folder has. */
const ADAPTER_FILES = [
  ...['index', 'definition', 'adapter', 'settings', 'endpoints', 'policy', 'scopes', 'authorization', 'exchange'],
  ...['renewal', 'discovery', 'inspection', 'posts', 'revocation', 'callbacks', 'readiness', 'usage', 'guidance'],
  ...['error-table', 'errors', 'schemas'],
];

describe('house rules', () => {
  it('reads the repository', () => {
    expect(sources.length).toBeGreaterThan(100);
  });

  it('A9 keeps files short: p95 at most 250 lines, none over 400', () => {
    const lengths = sources.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sources.filter(({ lines }) => lines > 400).map(({ path, lines }) => `${path} (${lines})`)).toEqual([]);
    expect(lengths[Math.floor(lengths.length * 0.95)]).toBeLessThanOrEqual(250);
  });

  it('calls nothing util, helper, common, manager or base', () => {
    expect(files.filter((path) => /(^|[/.-])(utils?|helpers?|common|managers?|base)([/.-]|$)/i.test(path))).toEqual([]);
  });

  it('reads the environment in config.ts alone', () => {
    const readers = production.filter(
      ({ path }) => !/(^|\/)config\.ts$/.test(path) && !path.startsWith('apps/workbench/'),
    );
    expect(offences(readers, /process\.env\b/)).toEqual([]);
  });

  it('writes to the console in commands alone', () => {
    const silent = production.filter(({ path }) => !/\.command\.ts$/.test(path) && !path.startsWith('apps/workbench/'));
    expect(offences(silent, /\bconsole\.(log|info|warn|error|debug)\(/)).toEqual([]);
  });

  it('knows no any, no test that runs alone, none that is switched off, and nothing left to do', () => {
    expect(offences(sources, /(: |<|\bas )any(\[\]|[;,)>]|$| [=|&{])/)).toEqual([]);
    const self = 'house-rules.spec.ts';
    const others = sources.filter(({ path }) => !path.endsWith(self));
    expect(offences(others, /\b(it|test|describe)\.(only|skip)\(|\bx(it|describe)\(/)).toEqual([]);
    expect(offences(others, /\b(TODO|FIXME|XXX|HACK)\b/)).toEqual([]);
  });

  it('C17 names a platform in a switch or a comparison nowhere outside the adapters', () => {
    const outside = production.filter(({ path }) => !/^(libs\/adapters|apps\/sandbox|apps\/console)\//.test(path));
    expect(offences(outside, /(case |[=!]== )'(facebook|instagram|linkedin|tiktok|x)'/)).toEqual([]);
  });

  it('B11 gives every platform a folder of the same files, the median of them at most 150 lines', () => {
    const inAdapters = production.filter(({ path }) => /^libs\/adapters\/(?!core|registry)/.test(path));
    const folders = new Map<string, string[]>();
    for (const { path } of inAdapters.filter((file) => /\/definition\.ts$/.test(file.path))) {
      const folder = path.replace(/definition\.ts$/, '');
      const names = inAdapters
        .filter((file) => file.path.startsWith(folder))
        .map((file) => file.path.slice(folder.length));
      folders.set(folder, names);
    }
    expect(folders.size).toBe(DEFINITIONS.length);
    for (const [folder, names] of folders) {
      const lacking = ADAPTER_FILES.filter((name) => !names.includes(`${name}.ts`)).map(
        (name) => `${folder}${name}.ts`,
      );
      expect(lacking).toEqual([]);
    }
    const lengths = inAdapters.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(150);
  });

  it('says why in doc comments of what libraries export', () => {
    const libraries = production.filter(({ path }) => /^libs\/.*\/src\//.test(path) && !/index\.ts$/.test(path));
    const bare = libraries.flatMap(({ path, text }) => {
      const lines = text.split('\n');
      return lines.flatMap((line, index) => {
        const exported = /^export (?:abstract )?(?:async )?(?:function|class) (\w+)/.exec(line);
        if (!exported) return [];
        let above = index - 1;
        while (above >= 0 && /^@/.test(lines[above] ?? '')) above -= 1;
        return /\*\/\s*$/.test(lines[above] ?? '') ? [] : [`${path}:${index + 1} ${exported[1]}`];
      });
    });
    expect(bare).toEqual([]);
  });
});
