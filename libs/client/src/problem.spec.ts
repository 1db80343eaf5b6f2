import { describe, expect, it } from '@jest/globals';
import { problemFrom, unreachable } from './problem.ts';

const answer = (status: number, headers: Record<string, string> = {}) => new Response(null, { status, headers });

describe('problems', () => {
  it('reads code, message, action and request id of a problem document', () => {
    const problem = problemFrom(answer(409), {
      code: 'wrong_account',
      title: 'Another account',
      detail: 'This connection belongs to A, but you chose B at Facebook.',
      action: 'start_again',
      retryable: false,
      requestId: 'r-1',
      errors: [{ pointer: '/accounts', detail: 'too many' }, 'nonsense'],
      reason: 'password_changed',
    });
    expect(problem).toMatchObject({ code: 'wrong_account', status: 409, action: 'start_again', requestId: 'r-1' });
    expect(problem.message).toBe('This connection belongs to A, but you chose B at Facebook.');
    expect(problem.errors).toEqual([{ pointer: '/accounts', detail: 'too many' }]);
    expect(problem.members.reason).toBe('password_changed');
  });

  it.each([null, '<html>', [], 7])('makes a problem of an answer that is none: %j', (body) => {
    expect(problemFrom(answer(500, { 'x-request-id': 'r-2' }), body)).toMatchObject({
      code: 'internal_error',
      requestId: 'r-2',
      retryable: false,
    });
    expect(problemFrom(answer(502), body)).toMatchObject({ code: 'unreachable', retryable: true });
  });

  it('keeps the cause of a call that got no answer', () => {
    const cause = new TypeError('fetch failed');
    expect(unreachable(cause)).toMatchObject({ code: 'unreachable', status: 0, cause });
  });
});
