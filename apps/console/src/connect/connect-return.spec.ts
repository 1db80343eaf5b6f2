import { describe, expect, it } from '@jest/globals';
import type { ProblemCode } from '@mooring/contracts';
import { parseReturn } from './connect-return.ts';
import { guidanceFor } from './guidance.ts';

describe('return from a platform', () => {
  it('reads session and one-time code from the fragment', () => {
    expect(parseReturn('#session=abc&result=x%2By')).toEqual({ sessionId: 'abc', result: 'x+y' });
  });

  it.each(['', '#', '#session=abc', '#result=x', '#main'])('takes %j for an ordinary fragment', (fragment) => {
    expect(parseReturn(fragment)).toBeNull();
  });

  const connectCodes: ProblemCode[] = [
    'security_check_failed',
    'link_expired',
    'session_changed',
    'permissions_declined',
    'no_accounts',
    'platform_unavailable',
    'role_not_allowed',
    'plan_limit_reached',
    'platform_not_on_plan',
    'wrong_account',
    'platform_misconfigured',
  ];
  it.each(connectCodes)('L-09 has a next step of its own for %s', (code) => {
    expect(guidanceFor(code)).not.toBe(guidanceFor('no such code'));
    expect(guidanceFor(code).next).not.toBe('');
  });

  it('L-09 asks again for permissions that were declined', () => {
    expect(guidanceFor('permissions_declined').again).toBe('rerequest');
    expect(guidanceFor('role_not_allowed').again).toBe('none');
  });
});
