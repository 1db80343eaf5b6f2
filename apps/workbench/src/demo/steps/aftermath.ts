import { readFileSync } from 'node:fs';
import { minutes } from '@mooring/contracts';
import { Client } from 'pg';
import { SERVICE_NAMES } from '../../stack/settings.ts';
import type { Stack } from '../../stack/stack.ts';
import { faultsOfRecords } from '../check-records.ts';
import { readEveryRecord } from '../kafka-records.ts';
import { unreachedFaultPoints } from '../kills.ts';
import type { LeakScan } from '../leak-scan.ts';
import { eventually, expectThat, type Story } from '../story.ts';
import type { DemoWorld } from '../world.ts';

const MEMORY_MB_MAX = 180;

/** What must hold of the whole system once the story has been played. */
export async function aftermath(story: Story, world: DemoWorld, leaks: LeakScan): Promise<void> {
  const { stack } = world;
  if (world.kills) {
    await story.step('S80', 'every named fault point has killed its service once', async () => {
      let unreached: string[] = [];
      await eventually(
        'not every fault point was reached',
        async () => {
          unreached = await unreachedFaultPoints(stack);
          return unreached.length === 0;
        },
        { seen: () => unreached },
      );
      return undefined;
    });
  }
  await story.step('S81', 'nothing is left behind in the vault: no grant, no sealed token', async () => {
    // What was offered and never chosen is discarded when the time to choose is over.
    await world.moveClock(minutes(31));
    let left = '';
    await eventually(
      'something is left behind',
      async () => {
        left = await leftInVault(stack);
        return left === '0 grants, 0 tokens';
      },
      { seen: () => left },
    );
    return left;
  });
  const { kafkaBrokers } = stack.facts;
  if (kafkaBrokers) {
    await story.step('S89', "every record on every topic is readable by a stranger's client", async () => {
      const records = await readEveryRecord(kafkaBrokers.split(','));
      const faults = faultsOfRecords(records);
      expectThat(faults.length === 0, `${faults.length} records do not fit: ${faults.slice(0, 3).join('; ')}`);
      return `${records.length} records`;
    });
  }
  await story.step('S90', 'no token, code or client secret in any log, topic, answer or table', async () => {
    const { found, searched } = await leaks.search(await world.control('GET', '/canaries'));
    expectThat(found.length === 0, `leaked: ${found.slice(0, 5).join('; ')}`);
    return searched;
  });
  // A tracing SDK costs memory that is not the service's own.
  if (process.platform !== 'linux' || leaks.readsSpans) return;
  await story.step('S91', `each service is within ${MEMORY_MB_MAX} MB of memory`, () => {
    const used = SERVICE_NAMES.map((service) => ({ service, megabytes: residentMegabytes(stack, service) }));
    const described = used.map(({ service, megabytes }) => `${service} ${megabytes} MB`).join(', ');
    expectThat(
      used.every(({ megabytes }) => megabytes <= MEMORY_MB_MAX),
      described,
    );
    return Promise.resolve(described);
  });
}

async function leftInVault(stack: Stack): Promise<string> {
  const client = new Client({ connectionString: stack.facts.adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ left: string }>(
      `select (select count(*) from vault.grants where state <> 'destroyed') || ' grants, '
           || (select count(*) from vault.sealed_tokens) || ' tokens' as left`,
    );
    return rows[0]?.left ?? '';
  } finally {
    await client.end();
  }
}

function residentMegabytes(stack: Stack, service: (typeof SERVICE_NAMES)[number]): number {
  const status = readFileSync(`/proc/${stack.processes[service].pid}/status`, 'utf8');
  return Math.round(Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? Number.NaN) / 1_024);
}
