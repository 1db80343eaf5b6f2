import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { faultPoint } from './fault-points.ts';
import { clockControl, processClock } from './clock.ts';

const source = import.meta.dirname;
const manifest = JSON.parse(readFileSync(join(source, '..', 'package.json'), 'utf8')) as {
  exports: Record<string, Record<string, string>>;
  imports: Record<string, Record<string, string>>;
};

/** Files that a file leads to by relative imports, itself among them. */
function reachableFrom(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)) {
    reachableFrom(join(dirname(file), path), found);
  }
  return found;
}

describe('the export condition @mooring/testing', () => {
  it.each(['index', 'clock', 'fault-points'])('is the only way from %s to a testing file', (entry) => {
    const reached = [...reachableFrom(join(source, `${entry}.ts`))].map((file) => relative(source, file));
    expect(reached.filter((file) => file.startsWith('testing'))).toEqual([]);
  });

  it('A4 leaves the testing files out of a production build, and into a development build', () => {
    const emitted = (project: string): string[] => {
      const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
      const files = execFileSync(process.execPath, [compiler, '-p', project, '--listFilesOnly'], {
        cwd: join(source, '..'),
        encoding: 'utf8',
      });
      return files.split('\n').filter((path) => path.startsWith(join(source, 'testing') + sep));
    };
    expect(emitted('tsconfig.build.json')).toEqual([]);
    expect(emitted('tsconfig.build-testing.json')).toHaveLength(2);
  }, 60_000);

  it('follows imports: the check above would see a testing file', () => {
    expect([...reachableFrom(join(source, 'testing', 'clock.ts'))]).toContain(join(source, 'clock-port.ts'));
  });

  it('stands before "default" in every pair, and names a testing file under no other condition', () => {
    for (const conditions of [
      manifest.exports['./clock'],
      manifest.exports['./fault-points'],
      manifest.imports['#clock'],
    ]) {
      const entries = Object.entries(conditions ?? {});
      expect(entries.map(([condition]) => condition)).toEqual([
        '@mooring/source',
        'types',
        '@mooring/testing',
        'default',
      ]);
      const testing = entries.filter(([, path]) => path.includes('/testing/')).map(([condition]) => condition);
      expect(testing).toEqual(['@mooring/testing']);
    }
  });

  it('changes no name: both files of a pair export the same', async () => {
    for (const name of readdirSync(join(source, 'testing'))) {
      const [production, testing] = (await Promise.all([import(`./${name}`), import(`./testing/${name}`)])) as object[];
      expect(Object.keys(testing ?? {}).sort()).toEqual(Object.keys(production ?? {}).sort());
    }
  });
});

describe('without the condition', () => {
  it('the clock is real and cannot be moved, and fault points do nothing', async () => {
    expect(clockControl).toBe(undefined);
    expect(Math.abs(processClock.now().getTime() - Date.now())).toBeLessThan(1_000);
    await expect(faultPoint('vault.after-answer')).resolves.toBe(undefined);
  });
});
