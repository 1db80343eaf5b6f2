import type { DataSource } from 'typeorm';
import { rows } from './data-source.ts';

/** The part of a movable clock that the database follows; exists in tests and the demo alone. */
export interface MovableClock {
  loadFrom(load: () => Promise<number>): Promise<void>;
  onMove(listener: (offsetMs: number) => Promise<void>): void;
}

/**
 * Keeps `app.app_now()` and a process's movable clock one: the process starts with the offset that the database has (it may
 * have been restarted), and every later move reaches the database. Without a movable clock it does nothing.
 */
export async function shareBusinessClock(dataSource: DataSource, control: MovableClock | undefined): Promise<void> {
  if (!control) return;
  await control.loadFrom(() => businessClockOffsetMs(dataSource));
  control.onMove(async (offsetMs) => {
    await dataSource.query('update app.testing_clock set offset_ms = $1', [offsetMs]);
  });
}

/** How far `app.app_now()` is ahead of real time, in milliseconds; 0 in production. */
export async function businessClockOffsetMs(dataSource: DataSource): Promise<number> {
  const [row] = await rows<{ ms: string }>(
    dataSource.manager,
    `select round(extract(epoch from app.app_now() - now()) * 1000)::text as ms`,
  );
  return Number(row?.ms ?? 0);
}
