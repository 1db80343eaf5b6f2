import { stableJitter } from './jitter.ts';

describe('stable jitter', () => {
  it('is the same for a grant at every start', () => {
    expect(stableJitter('0197c0de-0000-7000-8000-000000000001')).toBe(
      stableJitter('0197c0de-0000-7000-8000-000000000001'),
    );
  });

  it('spreads grants evenly over [0, 1)', () => {
    const numbers = Array.from({ length: 4_000 }, (_, i) => stableJitter(`grant-${i}`));
    const perQuarter = [0, 1, 2, 3].map((quarter) => numbers.filter((n) => Math.floor(n * 4) === quarter).length);
    for (const count of perQuarter) expect(count).toBeGreaterThan(900);
    expect(Math.max(...numbers)).toBeLessThan(1);
  });
});
