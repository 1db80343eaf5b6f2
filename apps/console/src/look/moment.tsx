import { daysBetween, fullDate, relativeTime } from './time.ts';

/** A point in time: relative to people, exact in the title and to machines. */
export function Moment({ at, now }: { readonly at: string; readonly now?: Date }) {
  const date = new Date(at);
  return (
    <time dateTime={date.toISOString()} title={fullDate(date)}>
      {relativeTime(date, now ?? new Date())}
    </time>
  );
}

/** A date that lies ahead: by its day when it is far, relative when it is near. */
export function Deadline({ at }: { readonly at: string }) {
  const date = new Date(at);
  const near = Math.abs(daysBetween(new Date(), date)) <= 14;
  return (
    <time dateTime={date.toISOString()} title={fullDate(date)}>
      {near ? relativeTime(date, new Date()) : new Intl.DateTimeFormat('en', { dateStyle: 'medium' }).format(date)}
    </time>
  );
}
