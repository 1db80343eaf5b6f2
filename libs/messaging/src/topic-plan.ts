import type { DurationMs } from '@mooring/contracts';

/** One topic as it should be. */
export interface TopicPlan {
  readonly name: string;
  readonly partitions: number;
  readonly retentionMs: DurationMs;
}
