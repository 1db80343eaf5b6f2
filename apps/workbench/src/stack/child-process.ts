import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** How a process of the stack is started. */
export interface ProcessPlan {
  readonly name: string;
  readonly script: string;
  readonly nodeArgs?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Answers 200 once the process is ready. */
  readonly readyUrl?: string;
  readonly logFile: string;
}

/** Environment that every process needs to run at all; nothing else of ours is handed on. */
const INHERITED = ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR', 'NODE_EXTRA_CA_CERTS'];
const READY_POLL_MS = 50;

/** Thrown when a process ends while it should run, or doesn't get ready in time. */
export class ProcessFailedError extends Error {
  override readonly name = 'ProcessFailedError';
}

/** One child process of the stack: started, watched, stopped, killed, started again. */
export class StackProcess {
  readonly plan: ProcessPlan;
  /** Exit codes and signals of ends that nobody asked for. */
  onUnexpectedExit: ((how: string) => void) | undefined;
  #child: ChildProcess | undefined;
  #expected = false;

  constructor(plan: ProcessPlan) {
    this.plan = plan;
  }

  get running(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  get pid(): number | undefined {
    return this.running ? this.#child?.pid : undefined;
  }

  /** Starts the process; its output is appended to its log file. */
  start(extraEnv: Readonly<Record<string, string>> = {}): void {
    const inherited = Object.fromEntries(
      INHERITED.flatMap((key) => (process.env[key] ? [[key, process.env[key]]] : [])),
    );
    const log: WriteStream = createWriteStream(this.plan.logFile, { flags: 'a' });
    this.#expected = false;
    // A process group of its own: Ctrl-C reaches only the parent, which then stops everything in the right order.
    const child = spawn(process.execPath, [...(this.plan.nodeArgs ?? []), this.plan.script], {
      env: { ...inherited, ...this.plan.env, ...extraEnv },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    child.once('exit', (code, signal) => {
      log.end();
      if (!this.#expected) this.onUnexpectedExit?.(signal ?? `code ${code}`);
    });
    this.#child = child;
  }

  /** Resolves when the ready URL answers 200. Throws {@link ProcessFailedError} when the process ends or time runs out. */
  async ready(timeoutMs: number, signal?: AbortSignal): Promise<void> {
    const { readyUrl, name, logFile } = this.plan;
    if (!readyUrl) return;
    const giveUpAt = Date.now() + timeoutMs;
    while (Date.now() < giveUpAt) {
      signal?.throwIfAborted();
      if (!this.running) throw new ProcessFailedError(`${name} ended while starting; see ${logFile}`);
      const answer = await fetch(readyUrl, { signal: AbortSignal.timeout(1_000) }).catch(() => undefined);
      await answer?.body?.cancel();
      if (answer?.ok) return;
      await pause(READY_POLL_MS);
    }
    throw new ProcessFailedError(`${name} did not get ready within ${timeoutMs / 1_000} s; see ${logFile}`);
  }

  /** Ends the process by SIGTERM, after `timeoutMs` by SIGKILL. Says which it took. */
  async stop(timeoutMs: number): Promise<'stopped' | 'killed' | 'not running'> {
    const child = this.#child;
    if (!child || !this.running) return 'not running';
    this.#expected = true;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    const timer = new AbortController();
    const late = pause(timeoutMs, 'late', { signal: timer.signal }).catch(() => 'done');
    if ((await Promise.race([gone.then(() => 'gone'), late])) !== 'late') {
      timer.abort();
      return 'stopped';
    }
    child.kill('SIGKILL');
    await gone;
    return 'killed';
  }

  /** SIGKILL, as a node that dies. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || !this.running) return;
    this.#expected = true;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  /** Resolves when the process has ended, however. */
  async ended(): Promise<void> {
    if (this.#child && this.running) await once(this.#child, 'exit');
  }
}
