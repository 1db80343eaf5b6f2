import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const MAIN = join(import.meta.dirname, '../../../../../apps/sandbox/dist/main.js');

/** A sandbox that listens. */
export interface LaunchedSandbox {
  readonly child: ChildProcess;
  /** Without a slash at the end. */
  readonly url: string;
}

/**
 * Starts the built sandbox as a process of its own on a free loopback port.
 * @param environment its settings; nothing of this process's environment reaches it
 * @throws Error where it ends without listening: it isn't built, or refuses its settings
 */
export async function launchSandbox(environment: Readonly<Record<string, string>> = {}): Promise<LaunchedSandbox> {
  const env = { PORT: '0', ...environment };
  const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface(child.stdout)) {
    const { msg, url } = JSON.parse(line) as { msg?: string; url?: string };
    if (msg !== 'sandbox listening' || !url) continue;
    child.stdout.resume();
    return { child, url };
  }
  throw new Error('the sandbox ended without listening: is it built?');
}

/** The sandbox as tests hold it; what they do at one platform is for a class that extends it. */
export class RunningSandbox {
  readonly url: string;
  readonly #child: ChildProcess;

  constructor({ child, url }: LaunchedSandbox) {
    this.#child = child;
    this.url = url;
  }

  /**
   * A call of the control API.
   * @returns the answer's JSON; undefined where it has no body
   * @throws Error with the status and what the sandbox says
   */
  async control(method: string, path: string, body?: object): Promise<unknown> {
    const reply = await fetch(`${this.url}/control/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body ? JSON.stringify(body) : null,
    });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`control ${path}: ${reply.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  /** Calls of one kind that a platform has answered, or meant to. */
  async callsOf(platform: string, kind: string): Promise<number> {
    const { totals } = (await this.control('GET', `${platform}/requests`)) as {
      totals: { kinds: Record<string, number> };
    };
    return totals.kinds[kind] ?? 0;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    this.#child.kill('SIGTERM');
    await once(this.#child, 'exit');
  }
}
