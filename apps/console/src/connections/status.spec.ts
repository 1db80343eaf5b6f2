import { describe, expect, it } from '@jest/globals';
import { connection, fromNow } from '../../test/mock/accounts.ts';
import { byAttention, countOf, filterOf, shown } from './status.ts';

describe('order and filter of the list', () => {
  const healthy = connection({ displayName: 'B healthy' });
  const first = connection({ displayName: 'A healthy' });
  const cutOff = connection({ displayName: 'Z cut off', status: 'needs_reconnect' });
  const soon = connection({
    displayName: 'Soon',
    status: 'expiring_soon',
    deadline: { at: fromNow(1), kind: 'data_access' },
  });
  const later = connection({
    displayName: 'Later',
    status: 'expiring_soon',
    deadline: { at: fromNow(6), kind: 'data_access' },
  });
  const gone = connection({ displayName: 'Gone', status: 'disconnected', username: 'gone' });

  it('L-26 puts what needs attention first: cut off, expiring by date, then by name', () => {
    const names = [healthy, gone, later, first, soon, cutOff].sort(byAttention).map((one) => one.displayName);
    expect(names).toEqual(['Z cut off', 'Soon', 'Later', 'A healthy', 'B healthy', 'Gone']);
  });

  it('L-26 leaves disconnected accounts out of "all" and finds by name and handle', () => {
    expect(shown([healthy, gone], 'all', '')).toEqual([healthy]);
    expect(shown([healthy, gone], 'disconnected', '')).toEqual([gone]);
    expect(shown([healthy, gone], 'disconnected', ' GON ')).toEqual([gone]);
    expect(shown([healthy, first], 'all', 'b hea')).toEqual([healthy]);
  });

  it('takes an unknown filter of the address for "all"', () => {
    expect(filterOf('bogus')).toBe('all');
    expect(filterOf('needs_reconnect')).toBe('needs_reconnect');
  });

  it('counts each filter from the summary', () => {
    const summary = { total: 6, connected: 3, expiringSoon: 2, needsReconnect: 1, disconnected: 4 };
    expect(countOf('all', summary)).toBe(6);
    expect(countOf('expiring_soon', summary)).toBe(2);
  });
});
