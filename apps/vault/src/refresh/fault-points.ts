import { AsyncLocalStorage } from 'node:async_hooks';

/** Set while a platform is asked to renew: its answers to other questions are no fault points. */
export const renewing = new AsyncLocalStorage<true>();

/** Places of a renewal where a crash must do no harm; tests reach in there. */
export abstract class FaultPoints {
  abstract at(name: string): Promise<void>;
}
