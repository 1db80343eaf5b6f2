import { describe, expect, it } from '@jest/globals';
import { readNews } from './messages.ts';

describe('messages of the live stream', () => {
  it('L-23 takes the words of a toast as they are', () => {
    const data = { connectionId: 'c1', text: 'Access token refreshed for Harbour Café', tone: 'success' };
    expect(readNews({ id: '7', type: 'toast', data }).toast).toEqual({
      text: 'Access token refreshed for Harbour Café',
      tone: 'success',
      connectionId: 'c1',
    });
  });

  it('reads cause, attempt and outcome of a change', () => {
    const data = { connectionId: 'c1', cause: 'ConnectionChecked', attemptId: 'a1', outcome: 'alive' };
    expect(readNews({ id: '8', type: 'connection', data })).toMatchObject({
      connectionId: 'c1',
      cause: 'ConnectionChecked',
      attemptId: 'a1',
      outcome: 'alive',
      toast: null,
    });
  });

  it.each([null, 'text', 7, []])('is not troubled by %j', (data) => {
    expect(readNews({ id: null, type: 'message', data })).toMatchObject({ connectionId: null, toast: null });
  });
});
