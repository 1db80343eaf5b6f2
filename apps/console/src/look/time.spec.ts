import { describe, expect, it } from '@jest/globals';
import { daysBetween, relativeTime } from './time.ts';

const now = new Date('2026-05-10T12:00:00Z');
const at = (text: string) => relativeTime(new Date(text), now);

describe('times to people', () => {
  it.each([
    ['2026-05-10T11:59:40Z', 'just now'],
    ['2026-05-10T12:00:40Z', 'in a moment'],
    ['2026-05-10T11:15:00Z', '45 minutes ago'],
    ['2026-05-10T09:30:00Z', '2 hours ago'],
    ['2026-05-09T09:30:00Z', 'yesterday'],
    ['2026-05-17T12:00:01Z', 'in 7 days'],
    ['2026-08-10T12:00:00Z', 'in 3 months'],
    ['2024-05-10T12:00:00Z', '2 years ago'],
  ])('%s reads %s', (text, words) => {
    expect(at(text)).toBe(words);
  });

  it('counts whole days', () => {
    expect(daysBetween(now, new Date('2026-05-12T11:59:59Z'))).toBe(1);
  });
});
