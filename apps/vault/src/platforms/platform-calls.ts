import { type PlatformAdapter, PlatformFailure, type PlatformUsage } from '@mooring/adapters-core';
import { METRICS, Metrics } from '@mooring/runtime';
import { Injectable } from '@nestjs/common';
import { PlatformAnswers } from '../limits/platform-answers.ts';
import { PlatformLimits } from '../limits/platform-limits.ts';

/** Every operation at a platform goes through here: within the limits that all replicas share, per app of a platform. */
@Injectable()
export class PlatformCalls {
  constructor(
    private readonly limits: PlatformLimits,
    private readonly answers: PlatformAnswers,
    private readonly metrics: Metrics,
  ) {}

  /** Runs one operation in its turn; of one grant there is one at a time. Throws PlatformFailure and nothing else. */
  async run<T>(adapter: PlatformAdapter, operation: string, call: () => Promise<T>, grantId?: string): Promise<T> {
    const limits = this.limits.of(adapter);
    const pass = await limits.enter(grantId ?? null);
    const startedAtMs = performance.now();
    const observe = (result: string): void =>
      this.metrics
        .histogram(METRICS.platformRequestSeconds)
        .observe({ platform: adapter.platform, operation, result }, (performance.now() - startedAtMs) / 1_000);
    const hear = ({ headers }: { headers: Readonly<Record<string, string>> }): void => {
      const usage = usageIn(adapter, headers);
      if (usage) void limits.heed(usage, grantId ?? null);
    };
    let answer: T;
    try {
      answer = await this.answers.during(hear, call);
    } catch (error) {
      const failure = asPlatformFailure(error);
      observe(failure.class);
      await pass.leave(failure);
      throw failure;
    }
    observe('ok');
    await pass.leave(null);
    return answer;
  }
}

/** What can't be read costs a look at a limit, and never the answer that came with it: it may hold what is given once. */
function usageIn(adapter: PlatformAdapter, headers: Readonly<Record<string, string>>): PlatformUsage | null {
  try {
    return adapter.readUsage(headers);
  } catch {
    return null;
  }
}

/** An adapter that throws anything else has a fault of its own; one bad answer must not take others with it. */
function asPlatformFailure(error: unknown): PlatformFailure {
  if (error instanceof PlatformFailure) return error;
  return new PlatformFailure({ class: 'unexpected', detail: 'the adapter failed', cause: error });
}
