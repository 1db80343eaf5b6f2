import { bearerOf, type OAuthCall } from '../oauth/index.ts';

const WINDOW_MS = 15 * 60_000;
/** Calls of one person in a window, by path. */
const LIMITS: [RegExp, number][] = [
  [/^\/2\/users\/me$/, 75],
  [/^\/2\/tweets$/, 100],
];
const OTHER_LIMIT = 900;

interface Count {
  window: number;
  used: number;
}

/** By the people of a state, which a reset replaces and with them the counts. */
const counts = new WeakMap<object, Map<string, Count>>();

function limitOf(call: OAuthCall): number {
  return LIMITS.find(([path]) => path.test(call.path))?.[1] ?? OTHER_LIMIT;
}

function countOf(call: OAuthCall): Count {
  const { world } = call;
  const window = Math.floor(world.clock.nowMs() / WINDOW_MS);
  const all = counts.get(world.state.people) ?? new Map<string, Count>();
  counts.set(world.state.people, all);
  const key = `${call.path} ${world.grants.find(bearerOf(call) ?? '')?.personId ?? ''}`;
  const known = all.get(key);
  if (known?.window === window) return known;
  const fresh = { window, used: 0 };
  all.set(key, fresh);
  return fresh;
}

/** True where the window is used up and the switch `enforceLimits` makes it count. */
export function isOverLimit(call: OAuthCall): boolean {
  return call.world.switch('enforceLimits') === true && countOf(call).used >= limitOf(call);
}

/** Headers of every answer; each call counts once. A fault 429 shows a window that is used up. */
export function limitHeaders(call: OAuthCall): Record<string, string> {
  const limit = limitOf(call);
  const count = countOf(call);
  count.used = Math.min(limit, count.used + 1);
  const { fault, world } = call;
  const isLimit = fault?.status === 429;
  const waitSeconds = isLimit ? fault.retryAfterSeconds : undefined;
  const resetMs =
    waitSeconds === undefined ? (count.window + 1) * WINDOW_MS : world.clock.nowMs() + waitSeconds * 1_000;
  return {
    'x-rate-limit-limit': String(limit),
    'x-rate-limit-remaining': String(isLimit ? 0 : limit - count.used),
    'x-rate-limit-reset': String(Math.ceil(resetMs / 1_000)),
  };
}
