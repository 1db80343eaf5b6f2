import type { GrantConnectionData } from '@mooring/contracts';
import { planReminders } from './plan-reminders.ts';
import type { ConnectionDeadline } from './ports.ts';

/**
 * The deadlines of a grant's connections after news of the grant. Where a deadline moved, its reminders are planned anew;
 * of a connection that is cut off nothing is said until it is healed.
 */
export function trackDeadlines(
  known: readonly ConnectionDeadline[],
  connections: readonly GrantConnectionData[],
  now: Date,
): ConnectionDeadline[] {
  const before = new Map(known.map((deadline) => [deadline.connectionId, deadline]));
  return connections.flatMap((connection) => {
    if (connection.released || !connection.deadline) return [];
    const { kind } = connection.deadline;
    const at = new Date(connection.deadline.at);
    const previous = before.get(connection.connectionId);
    const moved = !previous || previous.at.getTime() !== at.getTime() || previous.kind !== kind;
    const reached = !moved && previous.reached;
    const plan = planReminders(at, previous?.remindedDays ?? null, now);
    return {
      connectionId: connection.connectionId,
      at,
      kind,
      remindedDays: plan.remindedDays,
      reached,
      nextAt: reached || connection.cutOff ? null : plan.nextAt,
    };
  });
}
