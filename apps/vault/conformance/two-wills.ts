import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunningService } from '@mooring/runtime';
import { ActivateGrant } from '../src/grants/activate-grant.ts';
import { OpenPendingGrant } from '../src/grants/open-pending-grant.ts';
import { FinishRelease } from '../src/release/finish-release.ts';
import { ReleaseConnection } from '../src/release/release-connection.ts';
import { Life } from './life.ts';
import type { OneProcess } from './one-process.ts';
import type { SeededGrant } from './strict-world.ts';
import { emptyTally, type Row, rowOf } from './tally.ts';
import { until } from './until.ts';

/** A person disconnects or reconnects while a renewal is between the platform's answer and the commit. */
export class TwoWills {
  constructor(
    readonly here: Pick<OneProcess, 'world' | 'root' | 'renewed' | 'inBatches' | 'settle'>,
    readonly vault: RunningService,
  ) {}

  async disconnected(rounds: number): Promise<Row> {
    let alive = 0;
    await this.here.inBatches(rounds, async (grants) => {
      const tokens = await Promise.all(grants.map((grant) => this.#during(grant, () => this.#release(grant))));
      await until(async () => (await this.#destroyed(grants)) === grants.length);
      for (const token of tokens) if (token !== null && (await this.here.world.played.takes(token))) alive += 1;
      return emptyTally(grants.length);
    });
    const id = `one process: disconnect during a renewal, ${rounds} rounds`;
    return { id, expected: 'every token dead at the platform', got: `${alive} alive`, ok: alive === 0 };
  }

  async reconnected(rounds: number): Promise<Row> {
    let losers = 0;
    const tally = await this.here.inBatches(rounds, async (grants) => {
      const tokens = await Promise.all(grants.map((grant) => this.#during(grant, () => this.#reconnect(grant))));
      for (const token of tokens) if (token !== null && (await this.here.world.played.takes(token))) losers += 1;
      const lives = await Promise.all(grants.map(() => Life.begin(this.vault, this.here.root)));
      return this.here.settle(this.vault, grants, lives);
    });
    const row = rowOf('one process: reconnect during a renewal', tally, { mayLose: false });
    return { ...row, got: `${row.got}, ${losers} losers alive`, ok: row.ok && losers === 0 };
  }

  /** Runs `act` between the platform's answer and the commit; answers the access token that was renewed. */
  async #during(grant: SeededGrant, act: () => Promise<void>): Promise<string | null> {
    const at = async (name: string): Promise<void> => (name === 'vault.after-answer' ? act() : undefined);
    const life = new Life(this.vault, await mkdtemp(join(this.here.root, 'l')), at);
    await life.renew(grant);
    await life.journal.close();
    return this.here.renewed.get(grant.consent.refreshToken.reveal()) ?? null;
  }

  async #release(grant: SeededGrant): Promise<void> {
    const { workspaceId, grantId, connectionId } = grant;
    const release = { workspaceId, grantId, connectionId, activation: 1, releaseId: randomUUID() };
    await this.vault.app.get(ReleaseConnection).run(release);
  }

  async #destroyed(grants: readonly SeededGrant[]): Promise<number> {
    for (const { workspaceId, grantId } of grants) await this.vault.app.get(FinishRelease).run(workspaceId, grantId);
    const sql = `select count(*)::int as n from vault.grants where id = any ($1) and state = 'destroyed'`;
    return (await this.here.world.one<{ n: number }>(sql, [grants.map(({ grantId }) => grantId)]))?.n ?? 0;
  }

  async #reconnect(grant: SeededGrant): Promise<void> {
    const [consent] = await this.here.world.played.consents(1);
    const sessionId = randomUUID();
    const { workspaceId, connectionId } = grant;
    const { accessToken, refreshToken, expiresInSeconds } = consent!;
    const rest = { refreshExpiresInSeconds: null, grantedScopes: null, subjectId: null };
    const tokens = { accessToken, refreshToken, expiresInSeconds, ...rest };
    await this.vault.app.get(OpenPendingGrant).run({ sessionId, workspaceId, platform: 'x', tokens });
    const account = { accountId: this.here.world.played.subjectId, kind: 'x_account', activation: 2 };
    await this.vault.app
      .get(ActivateGrant)
      .run({ sessionId, workspaceId, purpose: 'reconnect', connections: [{ connectionId, ...account }] });
  }
}
