import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startLocalKafka } from '@mooring/messaging/testing';
import { startEmbeddedPostgres } from '@mooring/persistence/testing';
import { StackProcess } from './child-process.ts';
import { prepare } from './prepare.ts';
import type { PortPlan } from './ports.ts';
import { stackSecrets } from './secrets.ts';
import {
  edgeEnvironment,
  type Environment,
  sandboxEnvironment,
  SERVICE_NAMES,
  serviceEnvironment,
  type ServiceName,
  type StackFacts,
} from './settings.ts';

/** What to start. */
export interface StackOptions {
  /** Where data, logs and secrets lie. */
  readonly directory: string;
  readonly ports: PortPlan;
  /** `embedded`, a local Kafka, or the brokers of one that runs. */
  readonly bus: 'embedded' | 'local-kafka' | { readonly brokers: string };
  /** The administrator's URL of a given PostgreSQL; without it an embedded one is started. */
  readonly databaseUrl?: string | undefined;
  /** Fault points and the movable clock. */
  readonly testing: boolean;
  /** Whose stack it is, as it stands in the secrets of its apps at the platforms. */
  readonly owner: string;
  readonly logLevel?: string;
  readonly onProgress?: (what: string) => void;
  /** Called with the stack when its servers run and its services are about to start. */
  readonly onStarting?: (stack: Stack) => void;
  /** Environment beside the usual one, by service. */
  readonly extraEnvironment?: (service: ServiceName) => Environment;
  /** Ends the start early; what runs by then is stopped. */
  readonly signal?: AbortSignal;
}

/** The processes of a stack by name. */
export type StackProcessName = ServiceName | 'sandbox' | 'edge';

const READY_MS = 60_000;
const STOP_MS = 40_000;
/** A service has little that lives long: small spaces keep it at half the memory; operators set the same by NODE_OPTIONS. */
const MEMORY_FLAGS = ['--max-semi-space-size=2', '--max-old-space-size=128'];
const root = join(import.meta.dirname, '../../../..');

/** PostgreSQL, bus, sandbox, four services and the console's web server, as processes of this machine. */
export class Stack {
  readonly facts: StackFacts;
  readonly processes: Readonly<Record<StackProcessName, StackProcess>>;
  readonly #stopLast: (() => Promise<void>)[];

  private constructor(facts: StackFacts, stopLast: (() => Promise<void>)[]) {
    this.facts = facts;
    this.#stopLast = stopLast;
    this.processes = planProcesses(facts);
  }

  /** Starts everything and resolves when all of it is ready; stops what it had started when something fails. */
  static async start(options: StackOptions): Promise<Stack> {
    const stopLast: (() => Promise<void>)[] = [];
    const tell = options.onProgress ?? ((): void => undefined);
    try {
      const facts = await startServers(options, stopLast, tell);
      options.signal?.throwIfAborted();
      tell('schemas, roles and topics');
      await prepare(facts, root);
      const stack = new Stack(facts, stopLast);
      tell('services');
      await stack.#startProcesses(options);
      return stack;
    } catch (error) {
      for (const stop of stopLast.reverse()) await stop().catch(() => undefined);
      throw error;
    }
  }

  async #startProcesses({ signal, extraEnvironment, onStarting }: StackOptions): Promise<void> {
    const all = Object.values(this.processes);
    try {
      this.processes.sandbox.start();
      await this.processes.sandbox.ready(READY_MS, signal);
      onStarting?.(this);
      for (const service of SERVICE_NAMES) this.processes[service].start(extraEnvironment?.(service));
      this.processes.edge.start();
      await Promise.all(all.map((each) => each.ready(READY_MS, signal)));
    } catch (error) {
      await Promise.all(all.map((each) => each.kill()));
      throw error;
    }
  }

  /** Stops in order: who takes work from outside first, the database last. */
  async stop(): Promise<void> {
    const { edge, sandbox, ...services } = this.processes;
    await edge.stop(STOP_MS);
    await Promise.all(Object.values(services).map((service) => service.stop(STOP_MS)));
    await sandbox.stop(STOP_MS);
    for (const stop of this.#stopLast.reverse()) await stop();
  }
}

async function startServers(
  options: StackOptions,
  stopLast: (() => Promise<void>)[],
  tell: (what: string) => void,
): Promise<StackFacts> {
  const { directory, ports } = options;
  for (const folder of ['logs', 'sandbox', ...SERVICE_NAMES.map((name) => join('fault-markers', name))]) {
    await mkdir(join(directory, folder), { recursive: true });
  }
  const secrets = await stackSecrets(directory);
  let adminUrl = options.databaseUrl;
  if (!adminUrl) {
    tell('PostgreSQL');
    const postgres = await startEmbeddedPostgres({
      directory: join(directory, 'postgres'),
      port: ports.postgres,
      password: secrets.postgresPassword,
      persistent: true,
    });
    stopLast.push(() => postgres.stop());
    adminUrl = postgres.adminUrl;
  }
  let kafkaBrokers = typeof options.bus === 'object' ? options.bus.brokers : undefined;
  if (options.bus === 'local-kafka') {
    tell('Kafka');
    const kafka = await startLocalKafka({ dir: join(directory, 'kafka'), port: ports.kafka });
    stopLast.push(() => kafka.stop());
    kafkaBrokers = kafka.brokers.join(',');
  }
  const { testing, owner, logLevel = 'info' } = options;
  return { directory, ports, secrets, adminUrl, kafkaBrokers, owner, testing, logLevel };
}

function planProcesses(facts: StackFacts): Readonly<Record<StackProcessName, StackProcess>> {
  const { ports } = facts;
  const nodeArgs = [...MEMORY_FLAGS, ...(facts.testing ? ['--conditions=@mooring/testing'] : [])];
  const plan = (name: string, script: string, env: Environment, readyUrl: string): StackProcess =>
    new StackProcess({
      name,
      script: join(root, script),
      nodeArgs,
      env,
      readyUrl,
      logFile: join(facts.directory, 'logs', `${name}.log`),
    });
  const service = (name: ServiceName, opsPort: number): StackProcess =>
    plan(name, `apps/${name}/dist/main.js`, serviceEnvironment(facts, name), `http://127.0.0.1:${opsPort}/readyz`);
  return {
    sandbox: plan(
      'sandbox',
      'apps/sandbox/dist/main.js',
      sandboxEnvironment(facts),
      `http://127.0.0.1:${ports.sandbox}/oidc/.well-known/openid-configuration`,
    ),
    vault: service('vault', ports.vaultOps),
    gateway: service('gateway', ports.gatewayOps),
    scheduler: service('scheduler', ports.schedulerOps),
    notifications: service('notifications', ports.notificationsOps),
    edge: plan(
      'edge',
      'apps/console/dist-server/edge.js',
      edgeEnvironment(facts),
      `http://127.0.0.1:${ports.edge}/config.json`,
    ),
  };
}
