import { days, FAILURE_CLASSES, FAILURE_RULES, hours, minutes, type PolicyData } from '@mooring/contracts';
import { type Failed, type Plan, type PlanContext, type PlannedGrant, planNext } from './plan-next.ts';

const NOW = new Date('2026-03-01T00:00:00Z');
const at = (ms: number): string => new Date(NOW.getTime() + ms).toISOString();
const leftMs = (date: Date | null): number => (date === null ? NaN : date.getTime() - NOW.getTime());

const META: PolicyData = {
  refreshKind: 'reexchange',
  refreshLeadMs: days(7),
  refreshAtLifeFraction: null,
  refreshMinimumAgeMs: days(1),
  inspectEveryMs: days(1),
};
const SHORT: PolicyData = {
  refreshKind: 'rotating',
  refreshLeadMs: null,
  refreshAtLifeFraction: 0.75,
  refreshMinimumAgeMs: 0,
  inspectEveryMs: days(1),
};

const grantOf = (changes: Partial<PlannedGrant> = {}): PlannedGrant => ({
  accessExpiresAt: at(days(60)),
  issuedAt: at(0),
  refreshedAt: null,
  cutOff: null,
  consentAdvice: false,
  policy: META,
  ...changes,
});
const contextOf = (changes: Partial<PlanContext> = {}): PlanContext => ({
  now: NOW,
  jitter: 0,
  random: 0,
  previous: null,
  backOff: {
    firstMs: minutes(1),
    longestMs: hours(1),
    rateLimitedMs: minutes(15),
    misconfiguredMs: hours(1),
  },
  ...changes,
});
const planOf = (changes: Partial<Plan> = {}): Plan => ({
  nextRefreshAt: new Date(NOW.getTime()),
  nextInspectionAt: new Date(NOW.getTime() + hours(5)),
  refreshFailures: 0,
  inspectionFailures: 0,
  ...changes,
});
const failed = (changes: Partial<Failed>): Failed => ({
  kind: 'refresh_failed',
  class: 'transient',
  retryAfterMs: null,
  exhausted: false,
  ...changes,
});

describe('L-13 planning a renewal', () => {
  it('renews a long-lived token when its last seven days begin, spread over six hours at most', () => {
    expect(leftMs(planNext(grantOf(), { kind: 'stored' }, contextOf()).nextRefreshAt)).toBe(days(53));
    const latest = planNext(grantOf(), { kind: 'stored' }, contextOf({ jitter: 0.9999 })).nextRefreshAt;
    expect(leftMs(latest)).toBeGreaterThan(days(53) + hours(5));
    expect(leftMs(latest)).toBeLessThan(days(53) + hours(6));
  });

  it('renews a short-lived token at about 75 % of its life', () => {
    const grant = grantOf({ policy: SHORT, accessExpiresAt: at(hours(2)) });
    expect(leftMs(planNext(grant, { kind: 'refreshed' }, contextOf()).nextRefreshAt)).toBe(minutes(90));
  });

  it('C18 never takes a lead longer than a quarter of the life that the token was given', () => {
    const grant = grantOf({ accessExpiresAt: at(hours(4)), policy: { ...META, refreshMinimumAgeMs: 0 } });
    expect(leftMs(planNext(grant, { kind: 'stored' }, contextOf()).nextRefreshAt)).toBe(hours(3));
  });

  it('waits until a token has the age at which the platform renews it', () => {
    const grant = grantOf({ accessExpiresAt: at(hours(10)) });
    expect(leftMs(planNext(grant, { kind: 'stored' }, contextOf()).nextRefreshAt)).toBe(days(1));
  });

  it('C12 takes up a token that has lapsed while nobody looked', () => {
    const grant = grantOf({ issuedAt: at(-days(61)), accessExpiresAt: at(-days(1)) });
    expect(leftMs(planNext(grant, { kind: 'inspected' }, contextOf()).nextRefreshAt)).toBeLessThan(0);
  });

  it('C10 C28 renews a token whose end nobody named by its age, not before the platform takes it', () => {
    const unknown = { accessExpiresAt: null, policy: { ...META, refreshUnknownAfterMs: days(7) } };
    const dueAfter = (changes: Partial<PlannedGrant>, jitter = 0) =>
      leftMs(planNext(grantOf({ ...unknown, ...changes }), { kind: 'inspected' }, contextOf({ jitter })).nextRefreshAt);
    expect(dueAfter({})).toBe(days(7));
    expect(dueAfter({ refreshedAt: at(days(2)) })).toBe(days(9));
    expect(dueAfter({ issuedAt: null })).toBe(0);
    expect(dueAfter({}, 0.9999)).toBeGreaterThan(days(6.7));
    expect(dueAfter({ policy: { ...unknown.policy, refreshMinimumAgeMs: days(8) } })).toBe(days(8));
    expect(dueAfter({ policy: { ...unknown.policy, refreshKind: 'none' } })).toBeNaN();
  });

  it.each([
    ['the policy knows no renewal', grantOf({ policy: { ...META, refreshKind: 'none' } })],
    ['the token has no known end', grantOf({ accessExpiresAt: null })],
    ['the grant is cut off', grantOf({ cutOff: { reason: 'password_changed', since: at(0) } })],
    ["the grant's own token is dead while connections live", grantOf({ consentAdvice: true })],
  ])('renews nothing where %s, and still inspects', (_, grant) => {
    const plan = planNext(grant, { kind: 'inspected' }, contextOf());
    expect(plan.nextRefreshAt).toBeNull();
    expect(leftMs(plan.nextInspectionAt)).toBe(days(1));
  });
});

describe('L-13 planning after a failed renewal', () => {
  it('C01 waits longer after every failure without an answer, up to a bound, and never gives up', () => {
    const waits = [0, 1, 2, 10, 30_000].map((refreshFailures) =>
      leftMs(planNext(grantOf(), failed({}), contextOf({ previous: planOf({ refreshFailures }) })).nextRefreshAt),
    );
    expect(waits).toEqual([minutes(1), minutes(2), minutes(4), hours(1), hours(1)]);
  });

  it('spreads retries, upwards only', () => {
    const plan = planNext(grantOf(), failed({}), contextOf({ random: 0.5 }));
    expect(leftMs(plan.nextRefreshAt)).toBe(minutes(1) * 1.1);
  });

  it('tries sooner the nearer the end of the token is', () => {
    const context = contextOf({ previous: planOf({ refreshFailures: 10 }) });
    const grant = grantOf({ accessExpiresAt: at(minutes(20)) });
    expect(leftMs(planNext(grant, failed({}), context).nextRefreshAt)).toBe(minutes(5));
  });

  it('obeys the time a rate limit names, and has a wait of its own for one that names none', () => {
    const named = failed({ class: 'rate_limited', retryAfterMs: hours(2) });
    expect(leftMs(planNext(grantOf(), named, contextOf()).nextRefreshAt)).toBe(hours(2));
    const unnamed = failed({ class: 'rate_limited' });
    expect(leftMs(planNext(grantOf(), unnamed, contextOf()).nextRefreshAt)).toBe(minutes(15));
  });

  it('C18 does not ask sooner than the vault says, where an answer was lost and the token may be spent', () => {
    const lost = failed({ retryAfterMs: hours(3) });
    expect(leftMs(planNext(grantOf(), lost, contextOf()).nextRefreshAt)).toBe(hours(3));
    expect(leftMs(planNext(grantOf(), failed({ retryAfterMs: 1 }), contextOf()).nextRefreshAt)).toBe(minutes(1));
  });

  it('waits long where our own settings are at fault, since only an operator mends them', () => {
    expect(leftMs(planNext(grantOf(), failed({ class: 'misconfigured' }), contextOf()).nextRefreshAt)).toBe(hours(1));
  });

  it('asks the platform soon what an unexpected answer means', () => {
    const plan = planNext(grantOf(), failed({ class: 'unexpected' }), contextOf({ previous: planOf() }));
    expect(leftMs(plan.nextInspectionAt)).toBe(minutes(1));
    expect(leftMs(plan.nextRefreshAt)).toBeGreaterThanOrEqual(minutes(1));
  });

  it.each(FAILURE_CLASSES.filter((name) => FAILURE_RULES[name].final))(
    'C05 C06 renews no more after %s, but goes on inspecting, so that it can heal',
    (name) => {
      const previous = planOf();
      const plan = planNext(grantOf(), failed({ class: name }), contextOf({ previous }));
      expect(plan.nextRefreshAt).toBeNull();
      expect(plan.nextInspectionAt).toEqual(previous.nextInspectionAt);
      const healed = planNext(grantOf(), { kind: 'inspected' }, contextOf({ previous: plan }));
      expect(leftMs(healed.nextRefreshAt)).toBe(days(53));
    },
  );

  it('C05 gives an exhausted renewal up until an inspection proves the grant alive', () => {
    const plan = planNext(grantOf(), failed({ class: 'unexpected', exhausted: true }), contextOf());
    expect(plan.nextRefreshAt).toBeNull();
    expect(leftMs(plan.nextInspectionAt)).toBe(days(1));
  });

  it('keeps waiting after a failure though an inspection says that the token lives', () => {
    const previous = planOf({ nextRefreshAt: new Date(NOW.getTime() + minutes(4)), refreshFailures: 3 });
    const grant = grantOf({ accessExpiresAt: at(days(1)), issuedAt: at(-days(59)) });
    const plan = planNext(grant, { kind: 'inspected' }, contextOf({ previous }));
    expect(plan).toMatchObject({ nextRefreshAt: previous.nextRefreshAt, refreshFailures: 3 });
  });
});

describe('L-14 planning an inspection', () => {
  it.each([0, 0.5, 0.9999])('inspects at least daily, whatever the jitter (%d)', (jitter) => {
    const plan = planNext(grantOf(), { kind: 'inspected' }, contextOf({ jitter }));
    expect(leftMs(plan.nextInspectionAt)).toBeLessThanOrEqual(days(1));
    expect(leftMs(plan.nextInspectionAt)).toBeGreaterThan(hours(22));
  });

  it('is not put off by a renewal, which proves the renewed token alone', () => {
    const previous = planOf();
    const plan = planNext(grantOf(), { kind: 'refreshed' }, contextOf({ previous }));
    expect(plan.nextInspectionAt).toEqual(previous.nextInspectionAt);
  });

  it('tries again within the hour where there was no answer, and leaves the renewal alone', () => {
    const previous = planOf({ inspectionFailures: 8 });
    const plan = planNext(grantOf(), failed({ kind: 'not_inspected' }), contextOf({ previous }));
    expect(leftMs(plan.nextInspectionAt)).toBe(hours(1));
    expect(plan).toMatchObject({ nextRefreshAt: previous.nextRefreshAt, inspectionFailures: 9 });
  });
});
