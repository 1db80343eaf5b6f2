import { text } from 'node:stream/consumers';
import { type BusBounds, Inbox } from '../../src/index.ts';
import { openDataSource, type TestSchema } from './database.ts';
import type { BusAddress } from './harness.ts';
import { startMember } from './member.ts';

/** What the suite tells this process on its standard input. */
interface Order {
  readonly address: BusAddress;
  readonly schema: TestSchema;
  readonly url: string;
  readonly group: string;
  readonly eventId: string;
  readonly bounds: Partial<BusBounds>;
}

// The order comes by a pipe: a database password has no place among a process's arguments.
const order = JSON.parse(await text(process.stdin)) as Order;
const dataSource = await openDataSource(order.url, order.schema);
const inbox = new Inbox(order.schema, order.group);
let hasEffect = false;

await startMember({
  address: order.address,
  group: order.group,
  bounds: order.bounds,
  handlers: {
    WorkspaceChanged: async (event) => {
      if (event.id !== order.eventId) return;
      await inbox.handleOnce(dataSource, event, async (manager) => {
        await manager.query(`INSERT INTO ${order.schema}.effect VALUES ($1, $2, $3, 1)`, [
          order.group,
          event.id,
          event.key,
        ]);
      });
      hasEffect = true;
    },
  },
  faultPoint: async (name) => {
    if (name !== 'bus.after-effect-before-offset' || !hasEffect) return;
    process.stdout.write('effect\n');
    await new Promise(() => undefined);
  },
});
