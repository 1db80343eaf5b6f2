import { describe, expect, it } from '@jest/globals';
import { backOffMs } from './back-off.ts';

const bounds = { baseMs: 1_000, maxMs: 30_000 };

describe('back-off', () => {
  it('doubles with every failure up to its bound', () => {
    const longest = [1, 2, 3, 4, 5, 6, 1_000].map((failures) => backOffMs(failures, bounds, () => 1));
    expect(longest).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it('is never shorter than half of its ceiling', () => {
    expect(backOffMs(1, bounds, () => 0)).toBe(500);
    expect(backOffMs(9, bounds, () => 0)).toBe(15_000);
  });
});
