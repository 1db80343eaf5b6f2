import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** The ports of a stack, by what listens there. */
export const PORTS = {
  edge: 8080,
  gateway: 4001,
  vaultTokens: 4002,
  vaultInternal: 4003,
  vaultCallbacks: 4004,
  notifications: 4005,
  sandbox: 4010,
  gatewayOps: 4101,
  vaultOps: 4102,
  schedulerOps: 4103,
  notificationsOps: 4104,
  postgres: 54329,
  kafka: 49092,
} as const;

/** Port numbers by name. */
export type PortPlan = Readonly<Record<keyof typeof PORTS, number>>;

/** Thrown when somebody else listens on a port that the stack needs. */
export class PortInUseError extends Error {
  override readonly name = 'PortInUseError';
}

// Below the range from which systems take ports of outgoing connections, so that none is taken between plan and start.
const FREE_RANGE = { from: 12_000, size: 18_000 };

/** A plan of ports that are free now. */
export async function freePorts(): Promise<PortPlan> {
  const entries: [string, number][] = [];
  let port = FREE_RANGE.from + randomInt(FREE_RANGE.size);
  for (const name of Object.keys(PORTS)) {
    while (!(await isFree(port))) port += 1;
    entries.push([name, port]);
    port += 1;
  }
  return Object.fromEntries(entries) as PortPlan;
}

/** Throws {@link PortInUseError} that names every port of the plan that is taken. */
export async function assertFree(plan: Partial<PortPlan>): Promise<void> {
  const taken: string[] = [];
  for (const [name, port] of Object.entries(plan)) if (!(await isFree(port))) taken.push(`${port} (${name})`);
  if (taken.length === 0) return;
  throw new PortInUseError(
    `Already in use: port ${taken.join(', port ')}. Stop what listens there (perhaps another Mooring) and start again.`,
  );
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
