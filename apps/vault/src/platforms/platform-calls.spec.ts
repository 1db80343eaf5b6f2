import type { PlatformAdapter } from '@mooring/adapters-core';
import type { Metrics } from '@mooring/runtime';
import { PlatformAnswers } from '../limits/platform-answers.ts';
import type { PlatformLimits } from '../limits/platform-limits.ts';
import { PlatformCalls } from './platform-calls.ts';

const limits = { of: () => ({ enter: () => Promise.resolve({ leave: () => Promise.resolve() }) }) };
const metrics = { histogram: () => ({ observe: () => undefined }) };

it('C18 usage headers that can’t be read cost nothing of the answer that they came with', async () => {
  const readUsage = (): never => {
    throw new TypeError('not as documented');
  };
  const adapter = { platform: 'x', readUsage } as unknown as PlatformAdapter;
  const answers = new PlatformAnswers();
  const calls = new PlatformCalls(limits as unknown as PlatformLimits, answers, metrics as unknown as Metrics);
  const call = (): Promise<string> => {
    answers.heard({ status: 200, headers: { 'x-rate-limit-limit': '?' } });
    return Promise.resolve('given once');
  };
  await expect(calls.run(adapter, 'refresh', call)).resolves.toBe('given once');
});
