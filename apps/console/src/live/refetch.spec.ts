import { describe, expect, it } from '@jest/globals';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { refetch } from './refetch.ts';

describe('refetch', () => {
  it('C32 does not take a first answer for new that was made before the change', async () => {
    const queries = new QueryClient();
    let stored = 'before';
    const answers: ((value: string) => void)[] = [];
    const queryFn = () => {
      const seen = stored;
      return new Promise<string>((resolve) => answers.push(() => resolve(seen)));
    };
    const observer = new QueryObserver(queries, { queryKey: ['w', 'summary'], queryFn });
    const stop = observer.subscribe(() => undefined);
    stored = 'after';
    const done = refetch(queries, ['w']);
    for (let turn = 0; turn < 10; turn += 1) {
      answers.splice(0).forEach((answer) => answer(''));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await done;
    expect(observer.getCurrentResult().data).toBe('after');
    stop();
    queries.clear();
  });
});
