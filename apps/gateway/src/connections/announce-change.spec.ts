import { type ConnectionStatus, STATUSES } from '@mooring/contracts';
import { type Cause, transitionOf } from './announce-change.ts';

const CONSENT: Cause = { kind: 'consent', by: null };
const FINDING: Cause = { kind: 'finding' };

describe('the event of a transition', () => {
  it('C88 there is one for every transition between two statuses of a live connection, but a deadline that moved away', () => {
    const live = STATUSES.filter((status) => status !== 'disconnected');
    const table: Record<string, unknown> = {};
    for (const before of live) {
      for (const after of live.filter((status) => status !== before)) {
        table[`${before} → ${after}`] = [transitionOf(before, after, FINDING), transitionOf(before, after, CONSENT)];
      }
    }
    expect(table).toEqual({
      'connected → expiring_soon': ['ConnectionExpiringSoon', 'ConnectionReconnected'],
      'connected → needs_reconnect': ['ConnectionExpired', 'ConnectionExpired'],
      'expiring_soon → connected': [null, 'ConnectionReconnected'],
      'expiring_soon → needs_reconnect': ['ConnectionExpired', 'ConnectionExpired'],
      'needs_reconnect → connected': ['ConnectionRecovered', 'ConnectionReconnected'],
      'needs_reconnect → expiring_soon': ['ConnectionRecovered', 'ConnectionReconnected'],
    });
  });

  it('there is none where the status is the same', () => {
    const same: ConnectionStatus | null = null;
    expect(transitionOf(same, 'connected', CONSENT)).toBeNull();
  });
});
