import fc from 'fast-check';
import { bindingDeadline, connectionStatus, days, publishes, REASON_TEXTS, REASONS } from './index.ts';

const now = new Date('2026-01-01T00:00:00Z');
const inMs = (ms: number): Date => new Date(now.getTime() + ms);
const healthy = { removed: false, cutOff: null, deadline: null };

describe('connectionStatus', () => {
  it.each([
    ['no deadline', healthy, 'connected', null],
    [
      'a deadline in 8 days',
      { ...healthy, deadline: { at: inMs(days(8)), kind: 'access_token' as const } },
      'connected',
      null,
    ],
    [
      'a deadline in 7 days',
      { ...healthy, deadline: { at: inMs(days(7)), kind: 'access_token' as const } },
      'expiring_soon',
      'token_lapsed',
    ],
    [
      'a deadline now',
      { ...healthy, deadline: { at: now, kind: 'data_access' as const } },
      'needs_reconnect',
      'data_access_expired',
    ],
    [
      'a cut-off',
      { ...healthy, cutOff: { reason: 'password_changed' as const } },
      'needs_reconnect',
      'password_changed',
    ],
    [
      'a removal, whatever else',
      { removed: true, cutOff: { reason: 'unknown' as const }, deadline: null },
      'disconnected',
      null,
    ],
  ])('L-12 reads %s as it is', (_, facts, status, reason) => {
    expect(connectionStatus(facts, now)).toMatchObject({ status, reason });
  });

  it('C69 lets an account that expires soon publish', () => {
    expect(publishes('expiring_soon')).toBe(true);
    expect(publishes('needs_reconnect')).toBe(false);
  });

  it('L-15 gives every needs-reconnect verdict a reason and the action that mends it', () => {
    for (const reason of REASONS) {
      const verdict = connectionStatus({ ...healthy, cutOff: { reason } }, now);
      expect(verdict.action).toBe(REASON_TEXTS[reason].action);
    }
  });
});

describe('bindingDeadline', () => {
  const clock = fc.option(fc.integer({ min: 1, max: 1e10 }).map(inMs), { nil: null });
  const clocks = fc.record({
    accessExpiresAt: clock,
    refreshExpiresAt: clock,
    dataAccessExpiresAt: clock,
    renewable: fc.boolean(),
  });

  it('L-16 is never an access token that Mooring renews by itself', () => {
    fc.assert(fc.property(clocks, (given) => !given.renewable || bindingDeadline(given)?.kind !== 'access_token'));
  });

  it('C14 is the earliest clock that binds', () => {
    const at = (n: number): Date => inMs(days(n));
    expect(
      bindingDeadline({
        accessExpiresAt: at(60),
        refreshExpiresAt: at(365),
        dataAccessExpiresAt: at(90),
        renewable: true,
      }),
    ).toEqual({ at: at(90), kind: 'data_access' });
    expect(
      bindingDeadline({
        accessExpiresAt: at(60),
        refreshExpiresAt: null,
        dataAccessExpiresAt: at(90),
        renewable: false,
      }),
    ).toEqual({ at: at(60), kind: 'access_token' });
    expect(
      bindingDeadline({ accessExpiresAt: null, refreshExpiresAt: null, dataAccessExpiresAt: null, renewable: false }),
    ).toBeNull();
  });
});
