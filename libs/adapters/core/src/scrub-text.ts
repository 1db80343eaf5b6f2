const SCRUBBED_LENGTH_MAX = 300;
/** Read no more of a message than this before cleaning it, so that a huge message costs nothing. */
const READ_LENGTH_MAX = 4_096;

const URLS = /\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>)]+/gi;
const NAMED_SECRETS = /\b([a-z_]*(?:token|secret|code|proof|signature|password|key))(?:=|["']\s*:\s*["'])[^\s"'&,;]+/gi;
const LONG_RUNS = /[A-Za-z0-9_\-|.~+/=%]{16,}/g;
const LONG_NUMBERS = /\d{6,}/g;
/** Scope and field names such as `pages_read_user_content`: short lower-case words, nothing that a token looks like. */
const SCOPE_NAME = /^[a-z]{1,15}(?:[_.][a-z]{1,15}){1,5}\.?$/;

/**
 * Makes a platform's message fit for logs and operators: no URL, no value of a secret's name, no long run of letters and
 * digits (tokens, codes, signatures), no long number (ids), one line, at most 300 characters.
 */
export function scrubText(text: string): string {
  const clean = text
    .slice(0, READ_LENGTH_MAX)
    .replace(/\p{Cc}+/gu, ' ')
    .replace(URLS, '[url]')
    .replace(LONG_RUNS, (run) => (SCOPE_NAME.test(run) ? run : '[removed]'))
    .replace(NAMED_SECRETS, (_match, name: string) => `${name}=[removed]`)
    .replace(LONG_NUMBERS, '[number]')
    .replace(/\s+/g, ' ')
    .trim();
  return clean.length <= SCRUBBED_LENGTH_MAX ? clean : `${clean.slice(0, SCRUBBED_LENGTH_MAX - 1)}…`;
}
