import { randomUUID } from 'node:crypto';
import { minutes, newEvent } from '@mooring/contracts';
import { type RunningService, startService } from '@mooring/runtime';
import { RecordAttempt } from '../src/attempts/record-attempt.ts';
import { readSettings } from '../src/config.ts';
import { portsOf, vaultService } from '../src/service.ts';
import { type SeededGrant, StrictWorld } from './strict-world.ts';

/** One case: what must come out, and what the product did. */
interface Row {
  readonly id: string;
  readonly expected: string;
  readonly got: string;
  readonly ok: boolean;
}

const ROUNDS = 1_000;
const READERS = 50;
const GRANTS = 10;

/** What came of rounds that were played side by side, a grant each. */
interface Batch {
  readonly rounds: number;
  readonly calls: number;
  readonly refused: number;
  readonly outdated: number;
  /** Grants that have not exactly one new set of tokens. */
  readonly uneven: number;
}

/**
 * 50 readers and the scheduler at one due grant at once, in two vaults, against a platform that ends the family of a
 * token that is spent twice. Ten such rounds run side by side, each at a grant of its own.
 */
export async function run({ rounds = ROUNDS }: { readonly rounds: number | undefined }): Promise<Row[]> {
  const world = await StrictWorld.start();
  const vaults: RunningService[] = [];
  try {
    for (let made = 0; made < 2; made += 1) vaults.push(await startVault(world));
    const grants = await world.seed(GRANTS);
    const done: Batch[] = [];
    for (let left = rounds; left > 0; left -= GRANTS) {
      done.push(await playBatch(world, vaults, grants.slice(0, left)));
    }
    return [...rowsOf(done), await lostFamilies(world, vaults, grants)];
  } finally {
    await Promise.all(vaults.map((vault) => vault.stop()));
    await world.stop();
  }
}

async function playBatch(
  world: StrictWorld,
  vaults: readonly RunningService[],
  grants: readonly SeededGrant[],
): Promise<Batch> {
  const renewals = await world.played.renewals();
  const played = await Promise.all(grants.map((grant) => playRound(world, vaults, grant)));
  const sum = (count: (round: (typeof played)[number]) => number): number =>
    played.reduce((total, round) => total + count(round), 0);
  return {
    rounds: grants.length,
    calls: (await world.played.renewals()) - renewals,
    refused: sum(({ refused }) => refused),
    outdated: sum(({ outdated }) => outdated),
    uneven: sum(({ generations }) => (generations === 1 ? 0 : 1)),
  };
}

function startVault(world: StrictWorld): Promise<RunningService> {
  const settings = readSettings({ ...world.parts.environment, READ_WAIT_MS: '20000' });
  return startService({ ...vaultService({ clock: world.clock }), settings, listen: portsOf(settings) });
}

async function playRound(world: StrictWorld, vaults: readonly RunningService[], grant: SeededGrant) {
  const { grantId } = grant;
  const due = new Date(world.clock.now().getTime() - 1_000);
  const generation = await generationOf(
    world,
    'update vault.grants set access_expires_at = $2 where id = $1 returning generation',
    [grantId, due],
  );
  const asked = vaults[0]!.app.get(RecordAttempt).run(refreshRequested(grant, generation));
  const readers = Array.from({ length: READERS }, (_, index) =>
    world.read(vaults[index % vaults.length]!.ports['tokens']!, grant),
  );
  const [answers] = await Promise.all([Promise.all(readers), asked]);
  await settled(world, grantId);
  const given = answers.filter((answer) => typeof answer !== 'number');
  const tokens = new Set(given.map(({ accessToken }) => accessToken));
  const now = await generationOf(world, 'select generation from vault.grants where id = $1', [grantId]);
  return {
    refused: answers.length - given.length,
    outdated: tokens.size > 1 ? given.length : given.filter((answer) => answer.generation !== generation + 1).length,
    generations: now - generation,
  };
}

async function generationOf(world: StrictWorld, sql: string, values: readonly unknown[]): Promise<number> {
  return (await world.one<{ generation: number }>(sql, values))?.generation ?? 0;
}

function refreshRequested({ grantId, workspaceId }: SeededGrant, generation: number) {
  const data = {
    ...{ grantId, generation, attemptId: randomUUID() as string, trigger: 'schedule' as const, requestedBy: null },
    notAfter: new Date(Date.now() + minutes(5)).toISOString(),
  };
  const about = { service: 'scheduler', subject: grantId, key: grantId, workspaceId } as const;
  return newEvent({ ...about, type: 'RefreshRequested', time: new Date(), data });
}

/** The round is over when nothing of it can call the platform any more. */
async function settled(world: StrictWorld, grantId: string): Promise<void> {
  const open = `select 1 from vault.attempts where grant_id = $1 and state <> 'done'`;
  while (await world.one(open, [grantId])) await new Promise((resolve) => setTimeout(resolve, 10));
}

function rowsOf(done: readonly Batch[]): Row[] {
  const sum = (count: (batch: Batch) => number): number => done.reduce((total, batch) => total + count(batch), 0);
  const rounds = sum((batch) => batch.rounds);
  const row = (id: string, expected: number, got: number): Row => {
    return { id, expected: String(expected), got: String(got), ok: got === expected };
  };
  return [
    row(
      `platform calls in ${rounds} rounds`,
      rounds,
      sum(({ calls }) => calls),
    ),
    row('batches whose calls are not one a round', 0, done.filter((batch) => batch.calls !== batch.rounds).length),
    row(
      'rounds that did not bring exactly one new generation',
      0,
      sum(({ uneven }) => uneven),
    ),
    row(
      `reads refused, of ${rounds * READERS}`,
      0,
      sum(({ refused }) => refused),
    ),
    row(
      'readers who did not get the newest token',
      0,
      sum(({ outdated }) => outdated),
    ),
  ];
}

/** The platform itself says whether each family still lives. */
async function lostFamilies(
  world: StrictWorld,
  vaults: readonly RunningService[],
  grants: readonly SeededGrant[],
): Promise<Row> {
  let lost = 0;
  for (const grant of grants) {
    const answer = await world.read(vaults[0]!.ports['tokens']!, grant);
    if (typeof answer === 'number' || !(await world.played.takes(answer.accessToken))) lost += 1;
  }
  return { id: `families lost, of ${grants.length}`, expected: '0', got: String(lost), ok: lost === 0 };
}
