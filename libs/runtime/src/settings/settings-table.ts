import type { SettingFields, SettingsDefinition } from './define-settings.ts';
import type { Field } from './fields.ts';

const HEADINGS = ['Setting', 'Meaning', 'Kind', 'Default'];

function defaultText(field: Field<unknown>): string {
  if (field.defaultValue === undefined) return field.required ? '**required**' : 'not set';
  const { defaultValue } = field;
  if (Array.isArray(defaultValue) && defaultValue.length === 0) return 'empty';
  return `\`${typeof defaultValue === 'string' ? defaultValue : JSON.stringify(defaultValue)}\``;
}

function cellsOf([key, field]: [string, Field<unknown>]): string[] {
  const kind = field.bounds === '' ? field.kind : `${field.kind}, ${field.bounds}`;
  return [`\`${key}\``, field.doc, kind, defaultText(field)].map((cell) => cell.replaceAll('|', '\\|'));
}

/** The Markdown table of a definition, aligned as Prettier leaves it. Every key can be given as `<KEY>_FILE` too. */
export function settingsTable(definition: Pick<SettingsDefinition<SettingFields>, 'fields'>): string {
  const rows = [HEADINGS, ...Object.entries(definition.fields).map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = line(widths.map((width) => '-'.repeat(width)));
  const [head = [], ...body] = rows;
  return [line(head), rule, ...body.map(line)].join('\n');
}
