// What every npm script of the root begins with: installs if needed, builds what changed, and goes on with the Node that
// the lockfile names. Plain JavaScript for an older Node, and nothing from node_modules.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..');
const [command = 'start', ...args] = process.argv.slice(2);
const COMMANDS = ['start', 'test', 'demo', 'bench', 'conformance', 'check', 'docs'];

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function run(program, programArgs, env = process.env) {
  const { status, error } = spawnSync(program, programArgs, { cwd: root, stdio: 'inherit', env });
  if (error) fail(`${program} could not be run: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

function needsInstall() {
  const installed = join(root, 'node_modules/.package-lock.json');
  return !existsSync(installed) || statSync(installed).mtimeMs < statSync(join(root, 'package-lock.json')).mtimeMs;
}

function newEnough(version) {
  const [major, minor] = version.replace('v', '').split('.').map(Number);
  return major > 24 || (major === 24 && minor >= 11);
}

if (!COMMANDS.includes(command)) fail(`Unknown command ${command}; there are: ${COMMANDS.join(', ')}.`);
if (needsInstall()) {
  process.stdout.write('Installing what the lockfile names …\n');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}

const packaged = join(root, 'node_modules/.bin/node');
const node = existsSync(packaged) ? packaged : process.execPath;
if (node === process.execPath && !newEnough(process.version)) {
  fail(`Mooring needs Node 24.11 or newer here; this is ${process.version}.`);
}
const path = `${join(root, 'node_modules/.bin')}:${process.env.PATH ?? ''}`;
const env = { ...process.env, PATH: path, NX_TUI: 'false' };

if (command !== 'check') {
  const nx = join(root, 'node_modules/nx/dist/bin/nx.js');
  const entry = existsSync(nx)
    ? nx
    : join(
        root,
        'node_modules/nx',
        JSON.parse(readFileSync(join(root, 'node_modules/nx/package.json'), 'utf8')).bin.nx,
      );
  run(
    node,
    [entry, 'run-many', '-t', 'build', '--outputStyle=static', ...(process.env.CI ? [] : ['--parallel=3'])],
    env,
  );
} else {
  run(
    node,
    [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, 'apps/workbench/tsconfig.build.json')],
    env,
  );
}

// A process group of its own: the terminal's Ctrl-C would otherwise reach the database before the services have stopped.
const child = spawn(
  node,
  ['--enable-source-maps', join(root, `apps/workbench/dist/${command}/${command}.command.js`), ...args],
  {
    cwd: root,
    stdio: 'inherit',
    env,
    detached: true,
  },
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
