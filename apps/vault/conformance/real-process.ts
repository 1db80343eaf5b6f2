import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { hours, minutes } from '@mooring/contracts';
import { startTcpProxy } from '@mooring/messaging/testing';
import type { SeededGrant, StrictWorld } from './strict-world.ts';
import { emptyTally, fateOf, type Row, rowOf, type Tally } from './tally.ts';
import { until } from './until.ts';
import { VaultProcess } from './vault-process.ts';

const POINTS = ['before-sending', 'after-sending', 'after-answer', 'after-journal', 'after-commit'];
const LAPSE_MS = hours(3);
const SLOW_ANSWER_MS = 3_000;
// A process that is killed must not hold the story up.
const SHORT_WAITS = {
  ATTEMPTS_CONCURRENCY: '1',
  ATTEMPT_LEASE_MS: '1000',
  REFRESH_LEASE_MS: '1000',
  PLATFORM_TIMEOUT_MS: '10000',
};

/** The same cases with the vault as a process that is killed with SIGKILL and started again. */
export class RealProcess {
  readonly #environment: Readonly<Record<string, string>>;

  constructor(readonly world: StrictWorld) {
    this.#environment = { ...world.parts.environment, ...SHORT_WAITS };
  }

  async run(rounds: number): Promise<Row[]> {
    const rows: Row[] = [];
    for (const point of POINTS) {
      const mayLose = point === 'after-sending';
      const tally = await this.#dieAt(`vault.${point}`, rounds);
      rows.push(rowOf(`kill -9: ${point}`, tally, { mayLose }));
    }
    const announcing = await this.#dieAt('bus.after-commit-before-announce', rounds);
    rows.push(rowOf('kill -9: before the announcement', announcing, { mayLose: false }));
    rows.push(rowOf('kill -9: database away after the answer', await this.#databaseAway(rounds), { mayLose: false }));
    rows.push(await this.#disconnected(rounds), await this.#reconnected(rounds));
    return rows;
  }

  /** One process a round, each killed at the point; then one that goes on. */
  async #dieAt(point: string, rounds: number): Promise<Tally> {
    const grants = await this.world.seed(rounds);
    for (const grant of grants) {
      await this.#ask(grant);
      const vault = await VaultProcess.start(this.#environment, point);
      if (!(await vault.died())) throw new Error(`the vault was not killed at ${point}`);
    }
    const heir = await this.#heir();
    const tally = await this.#settle(heir, grants);
    await heir.kill();
    return tally;
  }

  async #heir(): Promise<VaultProcess> {
    return (await VaultProcess.start(this.#environment)).ready();
  }

  async #settle(heir: VaultProcess, grants: readonly SeededGrant[]): Promise<Tally> {
    const tally = emptyTally(grants.length);
    const port = heir.ports.TOKENS;
    await this.#answered(grants);
    const fates = await Promise.all(grants.map((grant) => fateOf(this.world, port, grant)));
    const undecided = grants.filter((_, index) => fates[index] === 'undecided');
    const reads = await Promise.all(undecided.map((grant) => this.world.read(port, grant)));
    tally.unserved = reads.filter((read) => typeof read === 'number').length;
    if (undecided.length > 0) {
      await heir.moveClock(await this.world.advance(LAPSE_MS));
      for (const grant of undecided) await this.#ask(grant);
      await this.#answered(undecided);
    }
    for (const [index, grant] of grants.entries()) {
      const fate = fates[index] === 'undecided' ? await fateOf(this.world, port, grant) : fates[index]!;
      tally[fate === 'undecided' ? 'silent' : fate] += 1;
    }
    return tally;
  }

  /** Cut off by a proxy while the platform answers; the process is killed before the database is back. */
  async #databaseAway(rounds: number): Promise<Tally> {
    const { hostname, port } = new URL(this.#environment['DATABASE_URL'] ?? '');
    const proxy = await startTcpProxy({ host: hostname, port: Number(port) });
    const through = (name: string): string =>
      Object.assign(new URL(this.#environment[name] ?? ''), { port: String(proxy.port) }).href;
    const environment = {
      ...this.#environment,
      DATABASE_URL: through('DATABASE_URL'),
      WORKER_DATABASE_URL: through('WORKER_DATABASE_URL'),
    };
    const grants = await this.world.seed(rounds);
    for (const grant of grants) {
      const vault = await (await VaultProcess.start(environment)).ready();
      await this.#askSlowly(grant);
      await proxy.kill();
      await until(async () => this.#hasEntry());
      await this.world.advance(minutes(1));
      await this.world.played.control('DELETE', 'x/fault');
      await vault.kill();
      await proxy.restart();
      const heir = await this.#heir();
      await until(async () => !(await this.#hasEntry()));
      await heir.kill();
    }
    await proxy.close();
    const heir = await this.#heir();
    const tally = await this.#settle(heir, grants);
    await heir.kill();
    return tally;
  }

  async #disconnected(rounds: number): Promise<Row> {
    let alive = 0;
    for (let round = 0; round < rounds; round += 1) {
      const [grant] = await this.world.seed(1, 'zoe');
      const { workspaceId, grantId, connectionId } = grant!;
      await this.#killBetween(grant!, (vault) =>
        vault.internal('POST', '/internal/releases', this.world.parts.gateway, {
          ...{ workspaceId, grantId, connectionId, activation: 1, releaseId: randomUUID() },
        }),
      );
      const heir = await this.#heir();
      const destroyed = `select 1 from vault.grants where id = $1 and state = 'destroyed'`;
      await until(async () => (await this.world.one(destroyed, [grantId])) !== undefined);
      await heir.kill();
      if (await this.world.played.canBeRenewed('zoe', grant!.consent.family)) alive += 1;
    }
    const id = `kill -9: disconnect during a renewal, ${rounds} rounds`;
    return { id, expected: 'no consent that can be renewed', got: `${alive} can be`, ok: alive === 0 };
  }

  async #reconnected(rounds: number): Promise<Row> {
    const grants: SeededGrant[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const [grant] = await this.world.seed(1);
      await this.#killBetween(grant!, (vault) => this.#reconnect(vault, grant!));
      grants.push(grant!);
    }
    const heir = await this.#heir();
    const tally = await this.#settle(heir, grants);
    await heir.kill();
    return rowOf('kill -9: reconnect during a renewal', tally, { mayLose: false });
  }

  /** Runs `act` while the platform answers; the process dies when the answer is in its journal. */
  async #killBetween(grant: SeededGrant, act: (vault: VaultProcess) => Promise<void>): Promise<void> {
    const vault = await (await VaultProcess.start(this.#environment, 'vault.after-journal')).ready();
    await this.#askSlowly(grant);
    await act(vault);
    if (!(await vault.died())) throw new Error('the vault was not killed');
    await this.world.played.control('DELETE', 'x/fault');
  }

  async #reconnect(vault: VaultProcess, { workspaceId, connectionId }: SeededGrant): Promise<void> {
    const [consent] = await this.world.played.consents(1);
    const { gateway } = this.world.parts;
    const sessionId = randomUUID();
    await vault.internal('POST', '/internal/pending-grants', gateway, {
      ...{ sessionId, workspaceId, platform: 'x', requestedScopes: [] },
      accessToken: consent!.accessToken.reveal(),
      refreshToken: consent!.refreshToken.reveal(),
      expiresInSeconds: consent!.expiresInSeconds,
    });
    const connections = [{ connectionId, accountId: this.world.played.subjectId, kind: 'x_account', activation: 2 }];
    await vault.internal('POST', `/internal/pending-grants/${sessionId}/activate`, gateway, {
      ...{ workspaceId, purpose: 'reconnect', connections },
    });
  }

  /** As the scheduler does, past the bus. */
  async #ask({ grantId, workspaceId }: SeededGrant): Promise<void> {
    await this.world.parts.admin.query(
      `insert into vault.attempts (attempt_id, workspace_id, grant_id, kind, trigger, generation)
       values ($1, $2, $3, 'refresh', 'schedule', 1)`,
      [randomUUID(), workspaceId, grantId],
    );
  }

  /** Resolves when the renewal is on its way; the platform takes its time to answer. */
  async #askSlowly(grant: SeededGrant): Promise<void> {
    // Not for one call alone: the vault tries its own app at the same endpoint when it starts.
    const slow = { kind: 'slow', delayMs: SLOW_ANSWER_MS, calls: ['token.refresh'] };
    await this.world.played.control('PUT', 'x/fault', slow);
    await this.#ask(grant);
    const sent = 'select 1 from vault.grants where id = $1 and doubt_generation = 1';
    await until(async () => (await this.world.one(sent, [grant.grantId])) !== undefined);
    // From the record to the request: the vault still takes its turn among the platform's calls.
    await new Promise((resolve) => setTimeout(resolve, SLOW_ANSWER_MS / 3));
  }

  async #answered(grants: readonly SeededGrant[]): Promise<void> {
    const open = `select 1 from vault.attempts where grant_id = any ($1) and state <> 'done'`;
    await until(async () => (await this.world.one(open, [grants.map(({ grantId }) => grantId)])) === undefined);
  }

  async #hasEntry(): Promise<boolean> {
    const names = await readdir(this.world.journalDirectory, { recursive: true }).catch(() => []);
    return names.some((name) => name.endsWith('.json'));
  }
}
