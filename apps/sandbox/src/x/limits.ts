import { bearerOf, type OAuthCall } from '../oauth/index.ts';
import { toldToRefuse } from './refusals.ts';

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

const areEnforced = ({ world }: OAuthCall): boolean => world.switch('enforceLimits') === true;

/** True where the window is used up and the switch `enforceLimits` makes it count. */
export function isOverLimit(call: OAuthCall): boolean {
  return areEnforced(call) && countOf(call).used >= limitOf(call);
}

/** A wait that a fault asks for shows as X would show it: as the instant of the reset. */
function resetMsOf({ fault, world }: OAuthCall): number {
  const nowMs = world.clock.nowMs();
  if (fault?.retryAfterSeconds !== undefined) return nowMs + fault.retryAfterSeconds * 1_000;
  return (Math.floor(nowMs / WINDOW_MS) + 1) * WINDOW_MS;
}

/**
 * Headers of every answer. Each call counts where limits are enforced; elsewhere it is always the first of its window, so that
 * nobody holds back for a limit that doesn't exist.
 */
export function limitHeaders(call: OAuthCall): Record<string, string> {
  const limit = limitOf(call);
  const count = areEnforced(call) ? countOf(call) : { used: 0 };
  count.used = Math.min(limit, count.used + 1);
  const isLimited = call.fault?.status === 429 || toldToRefuse(call)?.status === 429;
  return {
    'x-rate-limit-limit': String(limit),
    'x-rate-limit-remaining': String(isLimited ? 0 : limit - count.used),
    'x-rate-limit-reset': String(Math.ceil(resetMsOf(call) / 1_000)),
  };
}
