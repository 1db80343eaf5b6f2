import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sleep } from '../sleep.ts';
import { kafkaJars } from './kafka-jars.ts';

const run = promisify(execFile);
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 10_000;
const OUTPUT_KEPT = 4_000;
/** Fixed: a data directory that outlives a restart must be formatted for the same cluster. */
const CLUSTER_ID = 'bW9vcmluZy1sb2NhbC1rZg';

/** Where and how a local Kafka runs. */
export interface LocalKafkaOptions {
  /** Directory of its data, kept after `stop()`; left out, a temporary one that goes with it. */
  readonly dir?: string;
  /** Port of the broker; left out, a free one. */
  readonly port?: number;
  /** Left out: starts at once. False leaves the start to `restart()`, with the addresses already known. */
  readonly isStarted?: boolean;
}

/** A real Apache Kafka of one node, without Docker. */
export interface LocalKafka {
  readonly brokers: readonly string[];
  /** Process id while it runs. */
  readonly pid: number | undefined;
  /** Ends the process by a signal and waits until it is gone. */
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** SIGSTOP: connections stay open and nothing answers. */
  freeze(): void;
  /** SIGCONT. */
  thaw(): void;
  /** Starts it again with the same ports and data. */
  restart(): Promise<void>;
  /** Stops it cleanly; a temporary directory is removed. */
  stop(): Promise<void>;
}

/** Starts a local Kafka. Throws with the reason when Java or Maven is missing or the broker doesn't come up. */
export async function startLocalKafka(options: LocalKafkaOptions = {}): Promise<LocalKafka> {
  const jars = await kafkaJars();
  const directory = options.dir ?? (await mkdtemp(join(tmpdir(), 'mooring-kafka-')));
  const [broker, controller] = [options.port ?? (await freePort()), await freePort()];
  const kafka = new KafkaProcess({ jars, directory, broker, controller, isTemporary: options.dir === undefined });
  try {
    await kafka.format();
    if (options.isStarted !== false) await kafka.restart();
  } catch (error) {
    await kafka.stop();
    throw error;
  }
  return kafka;
}

interface Parts {
  readonly jars: string;
  readonly directory: string;
  readonly broker: number;
  readonly controller: number;
  readonly isTemporary: boolean;
}

class KafkaProcess implements LocalKafka {
  readonly brokers: readonly string[];
  readonly #parts: Parts;
  #child: ChildProcess | undefined;
  #output = '';
  readonly #endWithParent = (): void => void this.#child?.kill('SIGKILL');

  constructor(parts: Parts) {
    this.#parts = parts;
    this.brokers = [`127.0.0.1:${parts.broker}`];
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  async format(): Promise<void> {
    const { directory } = this.#parts;
    await mkdir(join(directory, 'data'), { recursive: true });
    await writeFile(this.#propertiesFile, propertiesOf(this.#parts));
    const format = ['format', '-t', CLUSTER_ID, '-c', this.#propertiesFile, '--ignore-formatted'];
    if (existsSync(join(directory, 'data', 'meta.properties'))) return;
    await run('java', [...this.#classPath, 'kafka.tools.StorageTool', ...format]);
  }

  async restart(): Promise<void> {
    if (this.#child) throw new Error('the local Kafka is already running');
    // A session of its own: Ctrl-C in the terminal must reach us first, so that services stop before their bus.
    const child = spawn('java', ['-Xmx384m', ...this.#classPath, 'kafka.Kafka', this.#propertiesFile], {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.#child = child;
    child.once('exit', () => {
      if (this.#child === child) this.#child = undefined;
    });
    const keep = (chunk: Buffer): void => {
      this.#output = (this.#output + chunk.toString('utf8')).slice(-OUTPUT_KEPT);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    process.once('exit', this.#endWithParent);
    await this.#untilListening(child);
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (!child) return;
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    await exited;
    process.off('exit', this.#endWithParent);
  }

  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  async stop(): Promise<void> {
    this.thaw();
    const timer = setTimeout(() => void this.#child?.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await this.kill('SIGTERM');
    clearTimeout(timer);
    if (this.#parts.isTemporary) await rm(this.#parts.directory, { recursive: true, force: true });
  }

  get #propertiesFile(): string {
    return join(this.#parts.directory, 'server.properties');
  }

  get #classPath(): string[] {
    return ['-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-cp', join(this.#parts.jars, '*')];
  }

  async #untilListening(child: ChildProcess): Promise<void> {
    const endMs = performance.now() + START_TIMEOUT_MS;
    while (performance.now() < endMs) {
      if (child.exitCode !== null || child.signalCode !== null) break;
      if (await isListening(this.#parts.broker)) return;
      await sleep(50);
    }
    throw new Error(`Kafka did not start: ${this.#output.trim().slice(-1_000)}`);
  }
}

function propertiesOf({ directory, broker, controller }: Parts): string {
  return [
    'process.roles=broker,controller',
    'node.id=1',
    `controller.quorum.voters=1@127.0.0.1:${controller}`,
    `listeners=PLAINTEXT://127.0.0.1:${broker},CONTROLLER://127.0.0.1:${controller}`,
    `advertised.listeners=PLAINTEXT://127.0.0.1:${broker}`,
    'controller.listener.names=CONTROLLER',
    'inter.broker.listener.name=PLAINTEXT',
    `log.dirs=${join(directory, 'data')}`,
    'auto.create.topics.enable=false',
    'offsets.topic.replication.factor=1',
    'offsets.topic.num.partitions=1',
    'transaction.state.log.replication.factor=1',
    'transaction.state.log.min.isr=1',
    // A broker killed without farewell may register anew only when its old session is over: by default 9 s.
    'broker.session.timeout.ms=3000',
    'broker.heartbeat.interval.ms=500',
    'group.initial.rebalance.delay.ms=0',
    '',
  ].join('\n');
}

async function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(socket.destroy() !== undefined));
    socket.once('error', () => resolve(false));
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
