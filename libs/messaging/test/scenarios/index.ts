import { crashBetweenEffectAndOffset, duplicateDelivery, twoMembersAtOnce } from './at-least-once.ts';
import { busAwayAtBoot, brokerFrozen, brokerKilled } from './bus-away.ts';
import { cloudEventsOnTheWire } from './cloud-events.ts';
import { gracefulStop } from './graceful-stop.ts';
import { lateGroup } from './late-group.ts';
import { orderPerKey } from './order.ts';
import { poison } from './poison.ts';
import { deadLetterReplay, retryLanes } from './retry.ts';
import type { Scenario } from './scenario.ts';
import { slowHandler } from './slow-handler.ts';

export type { Scenario } from './scenario.ts';

/** Long ones first: they share the time with the others. */
export const CALM_SCENARIOS: readonly Scenario[] = [
  slowHandler,
  crashBetweenEffectAndOffset,
  orderPerKey,
  twoMembersAtOnce,
  duplicateDelivery,
  poison,
  retryLanes,
  deadLetterReplay,
  lateGroup,
  gracefulStop,
  cloudEventsOnTheWire,
];

/** In this order: the first one finds the bus not yet started. */
export const ROUGH_SCENARIOS: readonly Scenario[] = [busAwayAtBoot, brokerKilled, brokerFrozen];
