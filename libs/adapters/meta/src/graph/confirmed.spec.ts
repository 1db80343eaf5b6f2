import { PlatformFailure } from '@mooring/adapters-core';
import { describe, expect, it } from '@jest/globals';
import type { FailureClass, Reason } from '@mooring/contracts';
import { confirmed } from './confirmed.ts';

const failure = (failureClass: FailureClass, reason: Reason | null = null) =>
  new PlatformFailure({ class: failureClass, reason, platformCode: '190', detail: 'x' });
const answering = (answer: PlatformFailure) => () => Promise.reject(answer);

describe('a refusal of Meta that would end a consent', () => {
  const refusal = failure('reauthorization_required', 'unknown');

  it('C02 is no end where the token lives', async () => {
    expect(await confirmed(refusal, () => Promise.resolve())).toMatchObject({
      class: 'unexpected',
      platformCode: '190',
    });
  });

  it('C29 ends it where the token is dead, with the reason that says more', async () => {
    const password = failure('reauthorization_required', 'password_changed');
    expect(await confirmed(refusal, answering(password))).toBe(password);
    expect(await confirmed(password, answering(refusal))).toBe(password);
  });

  it.each(['transient', 'rate_limited', 'misconfigured'] as const)('C01 is none where Meta is %s', async (silence) => {
    const answer = failure(silence);
    expect(await confirmed(refusal, answering(answer))).toBe(answer);
  });

  it('C29 stands where nothing that can be read is said of the token', async () => {
    expect(await confirmed(refusal, answering(failure('unexpected')))).toBe(refusal);
  });

  it.each(['transient', 'user_action_required', 'permission_missing'] as const)(
    'is the only one that is asked about: %s stands',
    async (other) => {
      const stands = failure(other);
      const never = () => Promise.reject(new Error('asked'));
      expect(await confirmed(stands, never)).toBe(stands);
    },
  );
});
