import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../../../..');
const FOLDER = 'libs/adapters/bulletin';
const REGISTRY = 'libs/adapters/registry/src/definitions.ts';

/** The repository as it stands, built, in a folder of its own that may be changed. */
export interface RepositoryCopy {
  readonly directory: string;
  /** Paths that differ from the repository, build outputs left out. */
  changed(): Promise<string[]>;
  remove(): Promise<void>;
}

/** Copies what git knows and what was built, and takes the installed packages by links. */
export async function copyRepository(): Promise<RepositoryCopy> {
  const directory = await mkdtemp(join(tmpdir(), 'mooring-seventh-'));
  const git = (...args: string[]): string[] =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 })
      .split('\n')
      .filter(Boolean);
  const tracked = git('ls-files').filter((path) => !path.endsWith('.e2e.spec.ts'));
  for (const path of tracked) await copyFile(path, directory);
  for (const room of ['apps', 'libs', 'libs/adapters']) {
    for (const name of await readdir(join(root, room))) {
      for (const built of ['dist', 'dist-server']) {
        await cp(join(root, room, name, built), join(directory, room, name, built), { recursive: true }).catch(
          ignoreAbsent,
        );
      }
    }
  }
  await linkPackages(directory);
  return {
    directory,
    changed: async () => {
      const before = new Set(tracked);
      const found: string[] = [];
      for (const path of await pathsOf(directory, '')) {
        if (!before.has(path) || !(await sameText(path, directory))) found.push(path);
      }
      return found;
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

/** Adds the seventh platform: its folder, its line in the registry, and the link that an installation would make. */
export async function addBulletin(directory: string): Promise<void> {
  await cp(join(import.meta.dirname, 'bulletin'), join(directory, FOLDER), { recursive: true });
  const registry = join(directory, REGISTRY);
  const text = await readFile(registry, 'utf8');
  const listed = text.replace(/\n\];/, '\n  BULLETIN,\n];').replace(/= \[([^\]\n]*)\];/, '= [$1, BULLETIN];');
  await writeFile(registry, `import { BULLETIN } from '@mooring/adapters-bulletin';\n${listed}`);
  await symlink(join('../../', FOLDER), join(directory, 'node_modules/@mooring/adapters-bulletin'));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  for (const project of [FOLDER, 'libs/adapters/registry']) {
    execFileSync(process.execPath, [tsc, '-p', join(directory, project, 'tsconfig.build.json')], { stdio: 'inherit' });
  }
}

async function copyFile(path: string, directory: string): Promise<void> {
  await mkdir(dirname(join(directory, path)), { recursive: true });
  await cp(join(root, path), join(directory, path)).catch(ignoreAbsent);
}

/** Every installed package by a link, but for ours, which lie in the copy. */
async function linkPackages(directory: string): Promise<void> {
  const installed = join(root, 'node_modules');
  await mkdir(join(directory, 'node_modules/@mooring'), { recursive: true });
  for (const name of await readdir(installed)) {
    if (name !== '@mooring') await symlink(join(installed, name), join(directory, 'node_modules', name));
  }
  await cp(join(installed, '@mooring'), join(directory, 'node_modules/@mooring'), {
    recursive: true,
    verbatimSymlinks: true,
  });
}

async function pathsOf(directory: string, under: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(join(directory, under), { withFileTypes: true })) {
    const path = under === '' ? entry.name : `${under}/${entry.name}`;
    if (/^(node_modules|dist|dist-server)$/.test(entry.name)) continue;
    if (entry.isDirectory()) found.push(...(await pathsOf(directory, path)));
    else found.push(path);
  }
  return found;
}

async function sameText(path: string, directory: string): Promise<boolean> {
  const [here, there] = await Promise.all([readFile(join(root, path)), readFile(join(directory, path))]);
  return here.equals(there);
}

function ignoreAbsent(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
