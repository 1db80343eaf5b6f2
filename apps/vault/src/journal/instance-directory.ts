import { randomUUID } from 'node:crypto';
import { access, mkdir, readdir, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';

const LIVES = 'lives';
const INSTANCE = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/**
 * A directory of its own for each process beneath the journal's, and a socket in it that is answered as long as the process
 * lives: a process that is started again knows by it whose answers nobody else will bring in. The processes that share the
 * journal's directory must be on one machine.
 */
export class InstanceDirectory {
  readonly instanceId = randomUUID();
  readonly path: string;
  readonly #root: string;
  #opening: Promise<void> | undefined;
  #server: Server | undefined;

  constructor(root: string) {
    this.#root = root;
    this.path = join(root, this.instanceId);
  }

  /** Makes the directory, also anew where somebody has removed it. Throws where it can't be made; tries again the next time. */
  async open(): Promise<void> {
    this.#opening ??= this.#open().finally(() => (this.#opening = undefined));
    await this.#opening;
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  pathOf(instanceId: string): string {
    return join(this.#root, instanceId);
  }

  /** Instances of this directory whose process is gone. */
  async dead(): Promise<string[]> {
    const names = await readdir(this.#root).catch(() => []);
    const others = names.filter((name) => INSTANCE.test(name) && name !== this.instanceId);
    const living = await Promise.all(others.map((name) => mayLive(join(this.pathOf(name), LIVES))));
    return others.filter((_, index) => !living[index]);
  }

  async #open(): Promise<void> {
    const isThere = access(join(this.path, LIVES)).then(
      () => true,
      () => false,
    );
    if (this.#server && (await isThere)) return;
    await this.close();
    await this.#make();
  }

  async #make(): Promise<void> {
    await mkdir(this.path, { recursive: true, mode: 0o700 });
    const server = createServer((socket) => socket.destroy()).unref();
    await rm(join(this.path, LIVES), { force: true });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(join(this.path, LIVES), resolve);
    });
    this.#server = server;
  }
}

/** What connecting says where nobody listens; anything else, as too many open files, says nothing about the process. */
const NOBODY_LISTENS: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ENOENT']);

function mayLive(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error) => resolve(!('code' in error && NOBODY_LISTENS.has(error.code))));
  });
}
