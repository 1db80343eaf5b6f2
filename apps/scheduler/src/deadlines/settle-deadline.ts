import { planReminders } from './plan-reminders.ts';
import type { DueDeadline, SettledDeadline } from './ports.ts';

/** What is to be said about a deadline now, and what comes after. */
export function settleDeadline(due: DueDeadline, now: Date): SettledDeadline {
  const { grantId, connectionId } = due;
  const subject = { grantId, connectionId, deadline: { at: due.at.toISOString(), kind: due.kind } };
  const plan = planReminders(due.at, due.remindedDays, now);
  if (plan.nextAt > now) return { deadline: { ...due, nextAt: plan.nextAt }, notice: null };
  if (plan.nextDays === null) {
    return {
      deadline: { ...due, reached: true, nextAt: null },
      notice: { type: 'TokenDeadlineReached', data: subject },
    };
  }
  const next = planReminders(due.at, plan.nextDays, now);
  return {
    deadline: { ...due, remindedDays: plan.nextDays, nextAt: next.nextAt },
    notice: { type: 'TokenExpiringSoon', data: { ...subject, daysLeft: plan.nextDays } },
  };
}
