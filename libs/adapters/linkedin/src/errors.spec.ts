import { describe, expect, it } from '@jest/globals';
import { days, FAILURE_RULES, hours, minutes, seconds } from '@mooring/contracts';
import { LINKEDIN_ERROR_ANSWERS } from './testing/error-answers.ts';
import { NOW } from '../test/played-bench.ts';
import { LINKEDIN_ERROR_ROWS } from './error-table.ts';
import { LINKEDIN_GUIDANCE } from './guidance.ts';
import { createClassifier, errorOf, rowFits } from './errors.ts';

const classify = createClassifier(() => NOW);
const LIMIT = JSON.stringify({ status: 429, message: 'Resource level throttle limit is reached.' });
const MEMBER_LIMIT = JSON.stringify({
  status: 429,
  message: 'Resource level throttle APPLICATION_AND_MEMBER DAY limit',
});

describe('errors of LinkedIn', () => {
  it('B2 every row of the table decides for some answer that is documented or was recorded', () => {
    const deciding = LINKEDIN_ERROR_ANSWERS.map(({ status, body }) => {
      const error = errorOf(status, body);
      return error && LINKEDIN_ERROR_ROWS.find((row) => rowFits(row, error));
    });
    expect(LINKEDIN_ERROR_ROWS.filter((row) => !deciding.includes(row))).toEqual([]);
  });

  it('L-15 every reason that an error or an inspection leads to has its guidance', () => {
    const reasons = new Set(LINKEDIN_ERROR_ROWS.flatMap(({ reason }) => reason ?? []));
    for (const reason of [...reasons, 'role_lost', 'refresh_failed'] as const) {
      expect(LINKEDIN_GUIDANCE[reason]).toMatch(/^[A-Z].{20,}\.$/);
    }
  });

  it('C02 a token that cannot be checked at LinkedIn is no dead token, whatever the body says', () => {
    const body = JSON.stringify({ status: 500, serviceErrorCode: 65601, code: 'REVOKED_ACCESS_TOKEN', message: 'x' });
    expect(classify(500, body)).toMatchObject({ class: 'transient', platformCode: 'REVOKED_ACCESS_TOKEN/65601' });
  });

  it('the code decides before the number, the number before the text', () => {
    const both = { code: 'EXPIRED_ACCESS_TOKEN', serviceErrorCode: 65601, message: 'Invalid access token' };
    expect(classify(401, JSON.stringify(both)).reason).toBe('token_lapsed');
    const number = { serviceErrorCode: 65602, message: 'The token has been revoked' };
    expect(classify(401, JSON.stringify(number)).reason).toBe('token_lapsed');
  });

  it('C46 a retired version is the operator’s, and touches no connection', () => {
    const body = JSON.stringify({
      status: 426,
      code: 'NONEXISTENT_VERSION',
      message: 'Requested version 20250401 is not active',
    });
    const failure = classify(426, body);
    expect(failure).toMatchObject({ class: 'misconfigured', platformCode: 'NONEXISTENT_VERSION' });
    expect(FAILURE_RULES[failure.class]).toMatchObject({ final: false, counts: 'never', alert: 'operator' });
  });

  it('C34 reads no code out of ids and texts', () => {
    const body = JSON.stringify({ status: 403, message: 'Page 65601 65602 says REVOKED_ACCESS_TOKEN' });
    expect(classify(403, body)).toMatchObject({ class: 'unexpected', platformCode: '403' });
  });

  it.each([
    ['{"error":{"code":1}}', 'unexpected'],
    ['{}', 'unexpected'],
    ['[]', 'transient'],
    ['"text"', 'transient'],
    ['<html>', 'transient'],
  ])('an unknown 403 with %s is never final', (body, expected) => {
    expect(classify(403, body).class).toBe(expected);
  });
});

describe('limits of LinkedIn', () => {
  const startingAt = (iso: string) => {
    let now = new Date(iso);
    const waits = createClassifier(() => now);
    return {
      waitMs: (body = LIMIT, headers = {}) => waits(429, body, headers).retryAfterMs,
      pass: (forMs: number) => (now = new Date(now.getTime() + forMs)),
    };
  };

  it('hold back the app, or the member where LinkedIn says so', () => {
    expect(classify(429, LIMIT)).toMatchObject({ class: 'rate_limited', limitScope: 'app' });
    expect(classify(429, MEMBER_LIMIT)).toMatchObject({ class: 'rate_limited', limitScope: 'token' });
  });

  it('that come again on the same day last until after midnight UTC', () => {
    const at = startingAt('2026-11-21T16:00:00Z');
    expect(at.waitMs()).toBe(minutes(15));
    at.pass(minutes(5));
    // Another call that was under way: no second limit.
    expect(at.waitMs()).toBe(minutes(10));
    at.pass(minutes(10));
    expect(at.waitMs()).toBe(hours(7) + minutes(50));
    at.pass(hours(7) + minutes(50));
    expect(at.waitMs()).toBe(minutes(15));
  });

  it('of a member’s say nothing of the app’s', () => {
    const at = startingAt('2026-11-21T16:00:00Z');
    at.waitMs(MEMBER_LIMIT);
    at.pass(minutes(20));
    expect([at.waitMs(MEMBER_LIMIT), at.waitMs()]).toEqual([hours(7) + minutes(45), minutes(15)]);
  });

  it('are waited out as long as a header asks, up to a day', () => {
    const at = startingAt('2026-11-21T16:00:00Z');
    expect(at.waitMs(LIMIT, { 'Retry-After': '120' })).toBe(seconds(120));
    expect(at.waitMs(LIMIT, { 'retry-after': '99999999' })).toBe(days(1));
    expect(at.waitMs(LIMIT, { 'retry-after': 'soon' })).toBe(minutes(15));
  });
});
