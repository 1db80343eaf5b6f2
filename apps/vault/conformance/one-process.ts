import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPlatformHttp, type GrantTokens, type PlatformAdapter } from '@mooring/adapters-core';
import { X } from '@mooring/adapters-x';
import { hours, minutes } from '@mooring/contracts';
import { startTcpProxy, type TcpProxy } from '@mooring/messaging/testing';
import { type RunningService, startService } from '@mooring/runtime';
import { readSettings } from '../src/config.ts';
import { portsOf, vaultService } from '../src/service.ts';
import { renewing } from '../src/refresh/fault-points.ts';
import { Life } from './life.ts';
import type { SeededGrant, StrictWorld } from './strict-world.ts';
import { emptyTally, fateOf, type Row, rowOf, type Tally } from './tally.ts';
import { TwoWills } from './two-wills.ts';
import { until } from './until.ts';

const SIDE_BY_SIDE = 10;
const LAPSE_MS = hours(3);

/** What stands still for ever is kept, or its open files would be closed under it. */
const standing: unknown[] = [];
const forEver = (): Promise<void> => new Promise((resolve) => standing.push(resolve));

/** Lets a process stand at a point. */
class Standstill {
  readonly reached: Promise<void>;
  #reach: () => void = () => undefined;

  constructor(readonly point: string) {
    this.reached = new Promise((resolve) => (this.#reach = resolve));
  }

  at(name: string): Promise<void> {
    if (name !== this.point) return Promise.resolve();
    this.#reach();
    return forEver();
  }
}

/** Every case in one process, where a process that died is one whose memory nobody comes back to. */
export class OneProcess {
  /** Reached where the platform has begun to answer and nothing has been read. */
  #beforeReading: () => Promise<void> = () => Promise.resolve();
  /** Access tokens that the platform gave for a refresh token. */
  readonly renewed = new Map<string, string>();
  #announcing: () => Promise<void> = () => Promise.resolve();

  private constructor(
    readonly world: StrictWorld,
    readonly root: string,
  ) {}

  static async run(world: StrictWorld, rounds: number): Promise<Row[]> {
    const root = await mkdtemp(join(tmpdir(), 'mj-'));
    const here = new OneProcess(world, root);
    const vault = await here.#vault({});
    try {
      const rows: Row[] = [];
      for (const point of ['before-sending', 'after-sending', 'after-answer', 'after-journal', 'after-commit']) {
        const tally = await here.inBatches(rounds, (grants) => here.#die(vault, `vault.${point}`, grants));
        const mayLose = point === 'after-sending';
        rows.push(rowOf(`one process: ${point}`, tally, { mayLose }));
      }
      const announced = await here.inBatches(rounds, (grants) => here.#dieAnnouncing(vault, grants));
      rows.push(rowOf('one process: before the announcement', announced, { mayLose: false }));
      rows.push(await here.#databaseAway(rounds));
      const wills = new TwoWills(here, vault);
      rows.push(await wills.disconnected(rounds), await wills.reconnected(rounds));
      return rows;
    } finally {
      await vault.stop();
      await rm(root, { recursive: true, force: true });
    }
  }

  #vault(environment: Readonly<Record<string, string>>): Promise<RunningService> {
    const settings = readSettings({
      ...this.world.parts.environment,
      DRAIN_DEADLINE_MS: '1000',
      JOURNAL_DIR: join(this.root, 'vault'),
      ...environment,
    });
    const http = createPlatformHttp({
      origins: [this.world.played.url],
      beforeReading: () => (renewing.getStore() ? this.#beforeReading() : Promise.resolve()),
    });
    const x = X.create(settings.platforms, { http, now: () => this.world.clock.now() });
    const refresh = async (tokens: GrantTokens): Promise<GrantTokens> => {
      const fresh = await x.refresh(tokens);
      this.renewed.set(tokens.refresh?.value.reveal() ?? '', fresh.access.value.reveal());
      return fresh;
    };
    const adapter = Object.create(x, { refresh: { value: refresh } }) as PlatformAdapter;
    const registry = { get: (name: string) => (name === 'x' ? adapter : undefined), close: () => http.close() };
    const faultPoints = {
      at: (name: string) => (name === 'bus.after-commit-before-announce' ? this.#announcing() : Promise.resolve()),
    };
    const overrides = { clock: this.world.clock, registry, faultPoints };
    return startService({ ...vaultService(overrides), settings, listen: portsOf(settings) });
  }

  async inBatches(rounds: number, play: (grants: readonly SeededGrant[]) => Promise<Tally>): Promise<Tally> {
    const total = emptyTally(rounds);
    for (let left = rounds; left > 0; left -= SIDE_BY_SIDE) {
      const tally = await play(await this.world.seed(Math.min(left, SIDE_BY_SIDE)));
      for (const count of ['kept', 'lost', 'silent', 'unserved'] as const) total[count] += tally[count];
    }
    return total;
  }

  async #die(vault: RunningService, point: string, grants: readonly SeededGrant[]): Promise<Tally> {
    const dead = await Promise.all(grants.map((grant) => this.#dieAt(vault, point, grant)));
    this.#beforeReading = () => Promise.resolve();
    await this.world.endLeases(grants);
    const heirs = await Promise.all(dead.map((life) => life.heir()));
    return this.settle(vault, grants, heirs);
  }

  async #dieAt(vault: RunningService, point: string, grant: SeededGrant): Promise<Life> {
    const standstill = new Standstill(point);
    const at = (name: string): Promise<void> => standstill.at(name);
    const directory = await mkdtemp(join(this.root, 'l'));
    const life = new Life(vault, directory, at);
    let reached = standstill.reached;
    if (point === 'vault.after-sending') {
      // The port is shared: whoever of the batch sends stands still there.
      reached = new Promise((resolve) => {
        const before = this.#beforeReading;
        let isOpen = true;
        this.#beforeReading = () => {
          if (!isOpen) return before();
          isOpen = false;
          resolve();
          return forEver();
        };
      });
    }
    void life.renew(grant).catch(() => undefined);
    await reached;
    return life;
  }

  /** What the heirs make of it: at once, and when the old access token has lapsed. */
  async settle(vault: RunningService, grants: readonly SeededGrant[], heirs: readonly Life[]): Promise<Tally> {
    const tally = emptyTally(grants.length);
    const port = vault.ports['tokens']!;
    await Promise.all(grants.map((grant, index) => heirs[index]!.renew(grant)));
    const fates = await Promise.all(grants.map((grant) => fateOf(this.world, port, grant)));
    const undecided = grants.filter((_, index) => fates[index] === 'undecided');
    const reads = await Promise.all(undecided.map((grant) => this.world.read(port, grant)));
    tally.unserved += reads.filter((read) => typeof read === 'number').length;
    if (undecided.length > 0) {
      await this.world.advance(LAPSE_MS);
      await Promise.all(undecided.map((grant) => heirs[grants.indexOf(grant)]!.renew(grant)));
    }
    for (const [index, grant] of grants.entries()) {
      const fate = fates[index] === 'undecided' ? await fateOf(this.world, port, grant) : fates[index]!;
      tally[fate === 'undecided' ? 'silent' : fate] += 1;
    }
    await Promise.all(heirs.map((heir) => heir.journal.close()));
    return tally;
  }

  /** The relay of a process dies with what it was about to announce; the next one's begins anew. */
  async #dieAnnouncing(vault: RunningService, grants: readonly SeededGrant[]): Promise<Tally> {
    let deaths = 0;
    this.#announcing = () => {
      deaths += 1;
      return Promise.reject(new Error('the process died before it announced'));
    };
    const lives = await Promise.all(grants.map(() => Life.begin(vault, this.root)));
    await Promise.all(grants.map((grant, index) => lives[index]!.renew(grant)));
    await until(() => Promise.resolve(deaths > 0));
    this.#announcing = () => Promise.resolve();
    const ids = grants.map(({ grantId }) => grantId);
    const told = `select count(distinct key)::int as told from bus.log
      where key = any ($1) and headers->>'ce_type' = 'TokenRefreshed'`;
    await until(async () => (await this.world.one<{ told: number }>(told, [ids]))?.told === ids.length);
    const heirs = await Promise.all(lives.map((life) => life.heir()));
    return this.settle(vault, grants, heirs);
  }

  /** Cut off when the platform has answered, and back 60 seconds later. */
  async #databaseAway(rounds: number): Promise<Row> {
    const { environment } = this.world.parts;
    const { hostname, port } = new URL(environment['DATABASE_URL'] ?? '');
    const proxy = await startTcpProxy({ host: hostname, port: Number(port) });
    const through = (name: string): string =>
      Object.assign(new URL(environment[name] ?? ''), { port: String(proxy.port) }).href;
    const vault = await this.#vault({
      DATABASE_URL: through('DATABASE_URL'),
      WORKER_DATABASE_URL: through('WORKER_DATABASE_URL'),
    });
    try {
      const tally = await this.inBatches(rounds, (grants) => this.#cutOff(vault, proxy, grants));
      return rowOf('one process: database away for 60 s after the answer', tally, { mayLose: false });
    } finally {
      await vault.stop();
      await proxy.close();
    }
  }

  async #cutOff(vault: RunningService, proxy: TcpProxy, grants: readonly SeededGrant[]): Promise<Tally> {
    let answered = 0;
    let cut: () => void = () => undefined;
    const isCut = new Promise<void>((resolve) => (cut = resolve));
    const at = async (name: string): Promise<void> => {
      if (name !== 'vault.after-answer') return;
      if ((answered += 1) === grants.length) {
        await proxy.kill();
        cut();
      }
      await isCut;
    };
    const lives = await Promise.all(grants.map(async () => new Life(vault, await mkdtemp(join(this.root, 'l')), at)));
    const renewing = grants.map((grant, index) => lives[index]!.renew(grant));
    const written = async (life: Life): Promise<boolean> =>
      (await readdir(life.directory, { recursive: true })).some((name) => name.endsWith('.json'));
    await until(async () => (await Promise.all(lives.map(written))).every(Boolean));
    await this.world.advance(minutes(1));
    await proxy.restart();
    await Promise.all(renewing);
    return this.settle(vault, grants, lives);
  }
}
