import { days, REMINDER_DAYS } from '@mooring/contracts';

/** What is still to be said about a deadline, and when. */
export interface ReminderPlan {
  /** The most urgent reminder that counts as given for this deadline; null when none has been. */
  readonly remindedDays: number | null;
  /** When the next word about the deadline falls due: a reminder, or the deadline itself. */
  readonly nextAt: Date;
  /** Days of that reminder; null when it is the deadline itself. */
  readonly nextDays: number | null;
}

/**
 * Plans what to say next about a deadline (L-16). A reminder that was missed is said late; of several only the most
 * urgent. A deadline that moved away is reminded of anew.
 * @param at the deadline
 * @param remindedDays the last reminder given, also for where the deadline was before it moved
 */
export function planReminders(at: Date, remindedDays: number | null, now: Date): ReminderPlan {
  const leftMs = at.getTime() - now.getTime();
  if (leftMs <= 0) return { remindedDays, nextAt: at, nextDays: null };
  const reached = REMINDER_DAYS.findLast((threshold) => leftMs <= days(threshold)) ?? null;
  if (reached !== null && (remindedDays === null || reached < remindedDays)) {
    return { remindedDays: null, nextAt: before(at, reached), nextDays: reached };
  }
  const next = REMINDER_DAYS.find((threshold) => reached === null || threshold < reached) ?? null;
  return { remindedDays: reached, nextAt: next === null ? at : before(at, next), nextDays: next };
}

function before(at: Date, daysLeft: number): Date {
  return new Date(at.getTime() - days(daysLeft));
}
