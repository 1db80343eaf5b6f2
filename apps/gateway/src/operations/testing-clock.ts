import { rows } from '@mooring/persistence';
import type { ClockControl } from '@mooring/runtime';
import type { DataSource } from 'typeorm';

/** Where the clock can be moved (tests, the demo) the database's clock moves with the process's. */
export async function followTestingClock(control: ClockControl | undefined, dataSource: DataSource): Promise<void> {
  if (!control) return;
  await control.loadFrom(async () => {
    const [row] = await rows<{ offset_ms: string }>(dataSource.manager, `select offset_ms from app.testing_clock`);
    return Number(row?.offset_ms ?? 0);
  });
  control.onMove(async (offsetMs) => {
    await dataSource.query(`update app.testing_clock set offset_ms = $1`, [offsetMs]);
  });
}
