import type { DurationMs } from '@mooring/contracts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const UNITS: readonly { readonly unit: Intl.RelativeTimeFormatUnit; readonly lengthMs: DurationMs }[] = [
  { unit: 'year', lengthMs: 365 * DAY_MS },
  { unit: 'month', lengthMs: 30 * DAY_MS },
  { unit: 'day', lengthMs: DAY_MS },
  { unit: 'hour', lengthMs: HOUR_MS },
  { unit: 'minute', lengthMs: MINUTE_MS },
];

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const full = new Intl.DateTimeFormat('en', { dateStyle: 'full', timeStyle: 'short' });

/** "3 hours ago", "in 5 days", "just now". */
export function relativeTime(date: Date, now: Date): string {
  const differenceMs = date.getTime() - now.getTime();
  const size = UNITS.find(({ lengthMs }) => Math.abs(differenceMs) >= lengthMs);
  if (!size) return differenceMs > 0 ? 'in a moment' : 'just now';
  return relative.format(Math.trunc(differenceMs / size.lengthMs), size.unit);
}

/** Weekday, date and time in the reader's time zone. */
export function fullDate(date: Date): string {
  return full.format(date);
}

/** Whole days from one moment to another; negative where it is past. */
export function daysBetween(from: Date, to: Date): number {
  return Math.trunc((to.getTime() - from.getTime()) / DAY_MS);
}
