import type { Strategy } from 'passport';
import type { FlowRequest } from './flow-state-store.ts';

/** What a strategy did: sent the browser on, or authenticated somebody. */
export type StrategyOutcome<User> =
  { readonly kind: 'redirect'; readonly url: string } | { readonly kind: 'success'; readonly user: User };

/** Thrown when a strategy neither redirects nor succeeds. It has no message of the strategy's, which may quote an answer. */
export class StrategyRefused extends Error {
  override readonly name = 'StrategyRefused';
}

interface Runnable {
  authenticate(request: FlowRequest, options: object): void;
}

/**
 * Runs a passport strategy once, as passport's own middleware does: on an object made from it, with the functions that it
 * calls when it is done. No request or response of Express is involved, so that nothing can answer beside us.
 */
export function runStrategy<User>(
  strategy: Strategy,
  request: FlowRequest,
  options: object,
): Promise<StrategyOutcome<User>> {
  return new Promise((resolve, reject) => {
    const run = Object.assign(Object.create(strategy) as Runnable, {
      redirect: (url: string) => resolve({ kind: 'redirect', url }),
      success: (user: User) => resolve({ kind: 'success', user }),
      fail: () => reject(new StrategyRefused('the strategy refused')),
      pass: () => reject(new StrategyRefused('the strategy passed')),
      error: (error: unknown) => reject(error instanceof Error ? error : new StrategyRefused('the strategy failed')),
    });
    run.authenticate(request, options);
  });
}
