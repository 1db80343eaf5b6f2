import type { Person } from '../../clients/person.ts';
import type { ReturnSeen } from '../consent.ts';
import type { DemoWorld } from '../world.ts';

/** How one kind of connection is played: what differs from platform to platform, as data and three small deeds. */
export interface KindPlay {
  readonly kind: string;
  /** Where consent is given. */
  readonly platform: string;
  /** As steps call it. */
  readonly title: string;
  /** From the consent until Mooring renews by itself. */
  readonly untilRenewalMs: number;
  /** Answers the platform's pages, from the start address to the return. */
  consent(world: DemoWorld, person: Person, startUrl: string): Promise<ReturnSeen>;
  /** What happens at the platform that ends the access. */
  cutOff(world: DemoWorld): Promise<void>;
  /** How Mooring hears of it. */
  readonly heardBy: 'push' | 'inspection';
  /** Codes of the reasons that fit. */
  readonly reasons: readonly string[];
  /** What disconnecting may answer at this platform. */
  readonly revocations: readonly string[];
}
