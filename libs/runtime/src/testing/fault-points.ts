// Reached only under the export condition `@mooring/testing`; must offer the same names as ../fault-points.ts.
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

interface Armed {
  readonly name: string;
  readonly occurrence: number;
}

/** `name[#occurrence]`, comma-separated. */
function parseArmed(text: string): readonly Armed[] {
  return text
    .split(',')
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [name = '', occurrence = '1'] = entry.trim().split('#');
      return { name, occurrence: Number(occurrence) };
    });
}

// A library otherwise reads no environment: this file is in no production build and must work before any setting does.
const armed = parseArmed(process.env['MOORING_FAULT_POINT'] ?? '');
const markerDirectory = process.env['MOORING_FAULT_MARKER_DIR'];
const reached = new Map<string, number>();
const STDERR = 2;

/** Takes the marker of a fault point; false where an earlier process has died at it already. */
function takeMarker(point: Armed): boolean {
  if (markerDirectory === undefined) return true;
  try {
    closeSync(openSync(join(markerDirectory, `${point.name}#${point.occurrence}`), 'wx'));
    return true;
  } catch {
    return false;
  }
}

/**
 * Kills this process with SIGKILL the first time (`name#2`: the second time) it comes by a point that MOORING_FAULT_POINT
 * names; a marker file in MOORING_FAULT_MARKER_DIR keeps a restarted process from dying at the same place again.
 */
export async function faultPoint(name: string): Promise<void> {
  const count = (reached.get(name) ?? 0) + 1;
  reached.set(name, count);
  const point = armed.find((candidate) => candidate.name === name && candidate.occurrence === count);
  if (point === undefined || !takeMarker(point)) return;
  writeSync(STDERR, `${JSON.stringify({ msg: 'fault point reached', point: name, occurrence: count })}\n`);
  process.kill(process.pid, 'SIGKILL');
  // SIGKILL arrives asynchronously: nothing after the fault point may run.
  await new Promise<never>(() => undefined);
}
