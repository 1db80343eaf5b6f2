import { MooringError } from '@mooring/contracts';
import type { GrantChanges } from '../grants/grant-changes.ts';
import { UnreadableTokenError } from '../sealing/ports.ts';
import { LastingChanges } from './lasting-changes.ts';

function failing(...errors: readonly Error[]): { changes: LastingChanges; tries: () => number } {
  let tries = 0;
  const underLock = (): Promise<string> => {
    const error = errors[tries];
    tries += 1;
    return error === undefined ? Promise.resolve('committed') : Promise.reject(error);
  };
  return { changes: new LastingChanges({ underLock } as unknown as GrantChanges), tries: () => tries };
}

const commit = (changes: LastingChanges): Promise<unknown> =>
  changes.underLock('acme', 'grant', () => Promise.resolve());

describe('a change that follows from a platform’s answer', () => {
  it('C18 is tried until the database is back', async () => {
    const { changes } = failing(new Error('Connection terminated unexpectedly'));
    await expect(commit(changes)).resolves.toBe('committed');
  });

  it.each([
    new MooringError('platform_not_available', { parameters: { Platform: 'Facebook' } }),
    new UnreadableTokenError('key'),
  ])('that our own settings or keys stand against holds up no start: $name', async (fault) => {
    const { changes, tries } = failing(fault, fault);
    await expect(commit(changes)).rejects.toBe(fault);
    expect(tries()).toBe(1);
  });
});
