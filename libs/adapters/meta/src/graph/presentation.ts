const NAME_LENGTH_MAX = 200;
const URL_LENGTH_MAX = 2_048;

/** A name fit to be shown: one line, not blank, bounded; null for anything else. */
export function nameOf(text: string | null | undefined): string | null {
  const trimmed = text
    ?.replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, NAME_LENGTH_MAX);
  return trimmed ? trimmed : null;
}

/** An address that a page may show or link; null for anything that isn't http. */
export function webUrlOf(url: string | null | undefined): string | null {
  if (!url || url.length > URL_LENGTH_MAX || !URL.canParse(url)) return null;
  return ['https:', 'http:'].includes(new URL(url).protocol) ? url : null;
}

/** Graph's times, as `2026-01-31T10:00:00+0000`; null for anything else. */
export function timeOf(text: string | null | undefined): Date | null {
  const at = new Date(text?.replace(/([+-]\d{2})(\d{2})$/, '$1:$2') ?? '');
  return Number.isNaN(at.getTime()) ? null : at;
}
