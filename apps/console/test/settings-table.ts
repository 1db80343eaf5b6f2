import { SETTINGS } from '../server/config.ts';

/** The settings as they stand in the README. */
export function settingsTable(): string {
  const rows = Object.entries(SETTINGS).map(
    ([name, { fallback, about }]) =>
      `| \`${name}\` | ${fallback === null ? 'required' : `\`${fallback}\``} | ${about} |`,
  );
  return ['| key | default | |', '| --- | --- | --- |', ...rows].join('\n');
}
