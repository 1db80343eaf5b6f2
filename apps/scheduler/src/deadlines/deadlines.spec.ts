import { days, type GrantConnectionData, hours } from '@mooring/contracts';
import { planReminders } from './plan-reminders.ts';
import type { ConnectionDeadline, DueDeadline } from './ports.ts';
import { settleDeadline } from './settle-deadline.ts';
import { trackDeadlines } from './track-deadlines.ts';

const NOW = new Date('2026-03-01T00:00:00Z');
const inMs = (ms: number): Date => new Date(NOW.getTime() + ms);

const due = (at: Date, changes: Partial<DueDeadline> = {}): DueDeadline => ({
  grantId: 'g',
  connectionId: 'c',
  workspaceId: 'w',
  at,
  kind: 'access_token',
  remindedDays: null,
  reached: false,
  nextAt: NOW,
  ...changes,
});

/** Everything that is said about a deadline when somebody looks at each of these times. */
function saidAt(at: Date, times: readonly Date[]): string[] {
  let row = due(at);
  return times.flatMap((now) => {
    if (row.nextAt === null || row.nextAt > now) return [];
    const { deadline, notice } = settleDeadline(row, now);
    row = deadline;
    if (!notice) return [];
    return notice.type === 'TokenExpiringSoon' ? `${notice.data.daysLeft} days` : 'reached';
  });
}

describe('L-16 reminders of a deadline', () => {
  const hourly = Array.from({ length: 24 * 12 }, (_, hour) => inMs(hours(hour)));

  it('are given at 7, 3 and 1 days, once each, and then it is said that the deadline has passed, once', () => {
    expect(saidAt(inMs(days(10)), hourly)).toEqual(['7 days', '3 days', '1 days', 'reached']);
  });

  it('begin with the most urgent one where the deadline is near from the start', () => {
    expect(saidAt(inMs(days(2)), hourly)).toEqual(['3 days', '1 days', 'reached']);
  });

  it('are not made up for after a long sleep: only the most urgent is given', () => {
    expect(saidAt(inMs(days(10)), [inMs(days(9.5)), inMs(days(9.6))])).toEqual(['1 days']);
    expect(saidAt(inMs(days(10)), [inMs(days(30)), inMs(days(31))])).toEqual(['reached']);
  });

  it('begin anew for a deadline that moved far away, and not for one that moved a little', () => {
    expect(planReminders(inMs(days(60)), 1, NOW)).toMatchObject({ remindedDays: null, nextAt: inMs(days(53)) });
    expect(planReminders(inMs(days(6.5)), 7, NOW)).toMatchObject({ remindedDays: 7, nextAt: inMs(days(3.5)) });
  });
});

describe('L-16 deadlines of a grant', () => {
  const connection = (changes: Partial<GrantConnectionData>): GrantConnectionData => ({
    connectionId: 'c',
    accountId: 'a',
    kind: 'facebook_page',
    activation: 1,
    released: false,
    cutOff: null,
    tokenExpiresAt: null,
    dataAccessExpiresAt: null,
    deadline: { at: inMs(days(5)).toISOString(), kind: 'access_token' },
    dependsOnRefresh: false,
    grantedScopes: [],
    missingScopes: [],
    checkedAt: null,
    ...changes,
  });
  const known: ConnectionDeadline = {
    connectionId: 'c',
    at: inMs(days(5)),
    kind: 'access_token',
    remindedDays: 7,
    reached: false,
    nextAt: inMs(days(2)),
  };

  it('stay as they are where nothing moved', () => {
    expect(trackDeadlines([known], [connection({})], NOW)).toEqual([known]);
  });

  it('say nothing while the connection is cut off, and remember what was said for when it heals', () => {
    const cut = trackDeadlines(
      [known],
      [connection({ cutOff: { reason: 'role_lost', since: NOW.toISOString() } })],
      NOW,
    );
    expect(cut).toEqual([{ ...known, nextAt: null }]);
    expect(trackDeadlines(cut, [connection({})], NOW)).toEqual([known]);
  });

  it('are said to have passed once for each time they were', () => {
    const passed = { ...known, at: inMs(-days(1)), reached: true, nextAt: null };
    const same = connection({ deadline: { at: passed.at.toISOString(), kind: 'access_token' } });
    expect(trackDeadlines([passed], [same], NOW)[0]).toMatchObject({ reached: true, nextAt: null });
    expect(trackDeadlines([passed], [connection({})], NOW)[0]).toMatchObject({ reached: false });
  });

  it('end with the connection, or with the deadline', () => {
    expect(trackDeadlines([known], [connection({ released: true })], NOW)).toEqual([]);
    expect(trackDeadlines([known], [connection({ deadline: null })], NOW)).toEqual([]);
  });
});
