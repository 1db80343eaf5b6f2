import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { Metrics, type RunningService } from '@mooring/runtime';
import { Clock } from '@mooring/runtime/clock';
import { AttemptQueue, type AttemptTicket } from '../src/attempts/attempt-queue.ts';
import { TokenSource } from '../src/attempts/token-source.ts';
import { GrantChanges } from '../src/grants/grant-changes.ts';
import { FileJournal } from '../src/journal/file-journal.ts';
import { InstanceHandover } from '../src/journal/instance-handover.ts';
import { ReplayJournal } from '../src/journal/replay-journal.ts';
import { LimitBounds } from '../src/limits/limit-bounds.ts';
import { LimitNews } from '../src/limits/limit-news.ts';
import { PlatformAnswers } from '../src/limits/platform-answers.ts';
import { PlatformLimits } from '../src/limits/platform-limits.ts';
import { LimitTime, PermitLedger } from '../src/limits/ports.ts';
import { PlatformCalls } from '../src/platforms/platform-calls.ts';
import { Platforms } from '../src/platforms/platforms.ts';
import { AdapterRegistry, OperatorAlerts } from '../src/platforms/ports.ts';
import { AskPlatform } from '../src/refresh/ask-platform.ts';
import { GrantLease } from '../src/refresh/grant-lease.ts';
import { KeepAnswer } from '../src/refresh/keep-answer.ts';
import { Orphans } from '../src/refresh/orphans.ts';
import { RecordRefresh } from '../src/refresh/record-refresh.ts';
import { RefreshGrant, type RefreshResult } from '../src/refresh/refresh-grant.ts';
import { RenewTokens } from '../src/refresh/renew-tokens.ts';
import { SendRenewal } from '../src/refresh/send-renewal.ts';
import { SettleDoubt } from '../src/refresh/settle-doubt.ts';
import { StoreAnswer } from '../src/refresh/store-answer.ts';
import { SealedTokens } from '../src/sealing/sealed-tokens.ts';
import type { SeededGrant } from './strict-world.ts';

const GRACE_MS = 600_000;

/**
 * What a vault's process holds in its memory while it renews: the product's own parts, made anew over the database of a
 * running vault. One that is left standing at a point and whose journal is closed is a process that died there.
 */
export class Life {
  readonly journal: FileJournal;
  readonly replay: ReplayJournal;
  readonly #refreshGrant: RefreshGrant;

  constructor(
    readonly vault: RunningService,
    readonly directory: string,
    at: (name: string) => Promise<void> = () => Promise.resolve(),
  ) {
    const { app } = vault;
    const storeAnswer = app.get(StoreAnswer);
    const faults = { at };
    this.journal = new FileJournal(directory, () => undefined);
    this.replay = new ReplayJournal(this.journal, storeAnswer, app.get(InstanceHandover));
    const keepAnswer = new KeepAnswer(app.get(SealedTokens), this.replay, storeAnswer, faults);
    const ask = new AskPlatform(platformsOf(vault), faults);
    const record = app.get(RecordRefresh);
    const send = new SendRenewal(ask, keepAnswer, record, app.get(Clock));
    const settle = new SettleDoubt(this.replay, app.get(Orphans), app.get(GrantChanges), { graceMs: GRACE_MS });
    const renew = new RenewTokens(app.get(TokenSource), settle, send, record);
    this.#refreshGrant = new RefreshGrant(renew, app.get(GrantLease), record);
  }

  static async begin(vault: RunningService, root: string): Promise<Life> {
    return new Life(vault, await mkdtemp(join(root, 'l')));
  }

  /** Renews the generation that the grant began with. */
  async renew({ grantId, workspaceId }: SeededGrant): Promise<RefreshResult> {
    const about = { grantId, workspaceId, kind: 'refresh', trigger: 'schedule', requestedBy: null } as const;
    const ticket: AttemptTicket = { ...about, attemptId: randomUUID(), generation: 1, notAfter: null };
    const { app } = this.vault;
    const lease = { owner: randomUUID(), leaseMs: 3_600_000 };
    await app
      .get(GrantChanges)
      .inTenant(workspaceId, (manager) => app.get(AttemptQueue).recordOwned(manager, ticket, lease));
    return this.#refreshGrant.run(ticket);
  }

  /** The process that is started in the place of a dead one. */
  async heir(): Promise<Life> {
    await this.journal.close();
    const heir = new Life(this.vault, this.directory);
    await heir.replay.run();
    return heir;
  }
}

/** Its own turns at the platform: those of a dead process are never given back. */
function platformsOf({ app }: RunningService): Platforms {
  const metrics = app.get(Metrics);
  const [ledger, time] = [app.get(PermitLedger), app.get(LimitTime)];
  const limits = new PlatformLimits(ledger, time, app.get(LimitBounds), app.get(LimitNews));
  const calls = new PlatformCalls(limits, app.get(PlatformAnswers), metrics);
  return new Platforms(app.get(AdapterRegistry), calls, app.get(OperatorAlerts), metrics);
}
