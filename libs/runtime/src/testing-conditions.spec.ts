import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { clockControl, processClock } from './testing/clock.ts';

const POINT = 'vault.after-answer';
const script = `
  import { faultPoint } from ${JSON.stringify(join(import.meta.dirname, 'testing', 'fault-points.ts'))};
  await faultPoint('another.point');
  process.stdout.write('1');
  await faultPoint('${POINT}');
  process.stdout.write('2');
  await faultPoint('${POINT}');
  process.stdout.write('3');
`;

let markers: string;
beforeEach(() => {
  markers = mkdtempSync(join(tmpdir(), 'mooring-markers-'));
});
afterEach(() => rmSync(markers, { recursive: true }));

function run(points: string): Promise<{ signal: string | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const environment = { PATH: '', MOORING_FAULT_POINT: points, MOORING_FAULT_MARKER_DIR: markers };
    const child = spawn(process.execPath, ['--input-type=module', '--no-warnings', '-e', script], { env: environment });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('close', (_, signal) => resolve({ signal, stdout, stderr }));
  });
}

describe('fault points under @mooring/testing', () => {
  it('A4 kill the process at the named point, and the restarted one no more', async () => {
    const first = await run(POINT);
    expect(first).toMatchObject({ signal: 'SIGKILL', stdout: '1' });
    expect(first.stderr).toContain(`"point":"${POINT}"`);
    expect(readdirSync(markers)).toEqual([`${POINT}#1`]);
    expect(await run(POINT)).toMatchObject({ signal: null, stdout: '123' });
  });

  it('A4 kill at the second time where that is asked, one of several points', async () => {
    expect(await run(`none.such,${POINT}#2`)).toMatchObject({ signal: 'SIGKILL', stdout: '12' });
  });

  it('do nothing when no point is named', async () => {
    expect(await run('')).toMatchObject({ signal: null, stdout: '123' });
  });
});

describe('the clock under @mooring/testing', () => {
  it('moves, and tells those who listen', async () => {
    const told: number[] = [];
    clockControl?.onMove((offsetMs) => void told.push(offsetMs));
    await clockControl?.setOffset(86_400_000);
    expect(told).toEqual([86_400_000]);
    expect(processClock.now().getTime() - Date.now()).toBeGreaterThan(86_000_000);
    await clockControl?.loadFrom(() => Promise.resolve(0));
    expect(told).toHaveLength(1);
    expect(clockControl?.offsetMs).toBe(0);
  });
});
