import { RateLimit } from './rate-limit.ts';

describe('a rate limit', () => {
  it('refuses what is more than allowed in a span and says how long to wait', () => {
    let now = 1_000;
    const limit = new RateLimit(2, 10_000, () => now);
    limit.take('a');
    limit.take('a');
    expect(() => limit.take('a')).toThrow(
      expect.objectContaining({ code: 'too_many_requests', retryAfterSeconds: 10 }),
    );
    limit.take('b');
    now += 10_000;
    expect(() => limit.take('a')).not.toThrow();
  });
});
