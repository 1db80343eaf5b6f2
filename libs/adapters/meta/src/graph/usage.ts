import { type DurationMs, hours, minutes } from '@mooring/contracts';
import { parsePlatformJson, type PlatformUsage } from '@mooring/adapters-core';

export type Headers = Readonly<Record<string, string>>;

/** A window of Meta's limits is at most a day. */
const REGAIN_MS_MAX = hours(24);
/** Percentages of a limit that is used, on both hosts. */
const PERCENTAGES = ['call_count', 'total_time', 'total_cputime', 'call_volume', 'cpu_time'] as const;

/** Whom the limit of a header holds back. */
const USAGE_HEADERS = [
  { name: 'x-app-usage', limitScope: 'app' },
  { name: 'x-page-usage', limitScope: 'token' },
  { name: 'x-business-use-case-usage', limitScope: 'token' },
] as const;

/**
 * How far the tightest limit is used, from Meta's usage headers, which give percentages; null where none can be read. They
 * may be absent, cut or in another form at any time (Graph API, Rate limits).
 */
export function readMetaUsage(headers: Headers): PlatformUsage | null {
  const found = USAGE_HEADERS.flatMap(({ name, limitScope }): PlatformUsage[] => {
    const percentages = entriesOf(headers, name).flatMap((entry) => PERCENTAGES.map((key) => entry[key]));
    const used = percentages.filter((value): value is number => typeof value === 'number' && value >= 0);
    if (used.length === 0) return [];
    const regain = name === 'x-business-use-case-usage' ? regainAfterMs(headers) : 0;
    return [{ usedFraction: Math.min(1, Math.max(...used) / 100), regainAfterMs: regain || null, limitScope }];
  });
  found.sort((a, b) => b.usedFraction - a.usedFraction || (b.regainAfterMs ?? 0) - (a.regainAfterMs ?? 0));
  return found[0] ?? null;
}

/** `X-Business-Use-Case-Usage`: the longest `estimated_time_to_regain_access`, which is in minutes; 0 for none. */
export function regainAfterMs(headers: Headers): DurationMs {
  const waits = entriesOf(headers, 'x-business-use-case-usage').map(
    (entry) => entry['estimated_time_to_regain_access'],
  );
  const longest = Math.max(0, ...waits.filter((wait): wait is number => typeof wait === 'number' && wait > 0));
  return Math.min(minutes(longest), REGAIN_MS_MAX);
}

/** One header, whatever its name's case. */
export function headerOf(headers: Headers, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

/** The objects of a usage header: it is one itself, or holds lists of them by account. */
function entriesOf(headers: Headers, name: string): Readonly<Record<string, unknown>>[] {
  const usage = parsedOrNull(headerOf(headers, name) ?? '');
  if (!isRecord(usage)) return [];
  return [usage, ...Object.values(usage).flat()].filter(isRecord);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsedOrNull(text: string): unknown {
  try {
    return parsePlatformJson(text);
  } catch {
    return null;
  }
}
