import type { RoughBus } from '../conformance/harness.ts';
import type { TestSchema } from '../conformance/database.ts';
import type { Stage } from '../conformance/stage.ts';

/** One promise of the bus, and its proof. */
export interface Scenario {
  /** Names what is promised. */
  readonly title: string;
  /** The schema whose outbox it uses, where it must have it for itself. */
  readonly schema?: TestSchema;
  play(stage: Stage, rough: RoughBus | undefined): Promise<void>;
}
