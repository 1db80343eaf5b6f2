import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment, ServiceName } from '../stack/settings.ts';
import type { Stack } from '../stack/stack.ts';

const ANNOUNCE = 'bus.after-commit-before-announce';
const OFFSET = 'bus.after-effect-before-offset';

/**
 * Where each service dies once. The vault's first answer of the platform belongs to the connect whose gateway dies, so it
 * dies at a later one.
 */
const FAULT_POINTS: Readonly<Record<ServiceName, readonly string[]>> = {
  vault: ['vault.after-answer#2', ANNOUNCE, OFFSET],
  gateway: ['gateway.after-code-exchange', ANNOUNCE, OFFSET],
  scheduler: ['scheduler.after-claim', ANNOUNCE, OFFSET],
  notifications: ['notifications.after-feed-write', OFFSET],
};

/** Environment that arms the fault points of a service. */
export function armedEnvironment(service: ServiceName): Environment {
  return { MOORING_FAULT_POINT: FAULT_POINTS[service].join(',') };
}

/** Starts every service again that a fault point has killed, as a cluster would. */
export function restartTheKilled(stack: Stack): void {
  for (const service of Object.keys(FAULT_POINTS) as ServiceName[]) {
    const child = stack.processes[service];
    child.onUnexpectedExit = (how) => {
      if (how === 'SIGKILL') child.start(armedEnvironment(service));
    };
  }
}

/** Fault points that no process has reached. */
export async function unreachedFaultPoints(stack: Stack): Promise<string[]> {
  const missing: string[] = [];
  for (const [service, points] of Object.entries(FAULT_POINTS)) {
    const reached = await readdir(join(stack.facts.directory, 'fault-markers', service));
    for (const point of points) {
      const marker = point.includes('#') ? point : `${point}#1`;
      if (!reached.includes(marker)) missing.push(`${service}: ${point}`);
    }
  }
  return missing;
}
