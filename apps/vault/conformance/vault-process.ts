import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '@mooring/persistence/testing';

const MAIN = join(import.meta.dirname, '../src/main.js');
const PORTS = ['OPS', 'TOKENS', 'INTERNAL', 'CALLBACKS'] as const;
const LOOK_AGAIN_MS = 50;

/** The vault itself as a process, built and under the testing condition, so that it can be told where to die. */
export class VaultProcess {
  static readonly #started = new Set<VaultProcess>();
  readonly #exited: Promise<unknown>;

  private constructor(
    readonly child: ChildProcess,
    readonly ports: Readonly<Record<(typeof PORTS)[number], number>>,
  ) {
    this.#exited = once(child, 'exit');
  }

  /** @param dieAt the fault point at which it is killed, if any */
  static async start(environment: Readonly<Record<string, string>>, dieAt?: string): Promise<VaultProcess> {
    const ports = { OPS: 0, TOKENS: 0, INTERNAL: 0, CALLBACKS: 0 };
    for (const port of PORTS) ports[port] = await freePort();
    const env = {
      ...environment,
      ...Object.fromEntries(PORTS.map((port) => [`${port}_PORT`, String(ports[port])])),
      ...(dieAt === undefined ? {} : { MOORING_FAULT_POINT: dieAt }),
    };
    const args = ['--conditions=@mooring/testing', MAIN];
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'ignore'] });
    const started = new VaultProcess(child, ports);
    VaultProcess.#started.add(started);
    return started;
  }

  /** Nothing that was started lives on, whatever a case came to. */
  static async endAll(): Promise<void> {
    for (const started of VaultProcess.#started) await started.kill();
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Resolves when it answers probes; rejects where it ends before. */
  async ready(): Promise<this> {
    for (;;) {
      if (this.hasEnded) throw new Error('the vault ended before it was ready');
      const answer = await fetch(`http://127.0.0.1:${this.ports.OPS}/readyz`).catch(() => null);
      // Its own database is there; the other ports open a moment later.
      const listens = await fetch(`http://127.0.0.1:${this.ports.TOKENS}/v1/tokens`).catch(() => null);
      if (answer?.ok && listens) return this;
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }

  /** Resolves with true where it was killed at its fault point. */
  async died(): Promise<boolean> {
    await this.#exited;
    return this.child.signalCode === 'SIGKILL';
  }

  async kill(): Promise<void> {
    if (!this.hasEnded) this.child.kill('SIGKILL');
    await this.#exited;
  }

  async moveClock(offsetMs: number): Promise<void> {
    await fetch(`http://127.0.0.1:${this.ports.OPS}/testing/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ offsetMs }),
    });
  }

  async internal(method: string, path: string, token: string, body: object): Promise<void> {
    const answer = await fetch(`http://127.0.0.1:${this.ports.INTERNAL}${path}`, {
      method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    }).catch((cause: unknown) => {
      throw new Error(`${path}: no answer, ended: ${this.hasEnded}`, { cause });
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  }
}
