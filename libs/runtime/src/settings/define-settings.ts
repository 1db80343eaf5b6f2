import { readFileSync } from 'node:fs';
import { type Field, SettingRefused } from './fields.ts';

/** Settings by the name of their environment variable. */
export type SettingFields = Readonly<Record<string, Field<unknown>>>;

/** The values of a definition: the same keys, typed. */
export type SettingsOf<F extends SettingFields> = {
  readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never;
};

/** One setting that can't be used, and why; never with its value. */
export interface SettingProblem {
  readonly key: string;
  readonly reason: string;
}

/** Thrown when settings are missing or refused; the message lists every bad key with its reason and no value. */
export class SettingsError extends Error {
  constructor(readonly problems: readonly SettingProblem[]) {
    super(`settings cannot be used:\n${problems.map(({ key, reason }) => `  ${key} ${reason}`).join('\n')}`);
    this.name = 'SettingsError';
  }
}

/** A typed declaration of everything a process can be told. */
export interface SettingsDefinition<F extends SettingFields> {
  readonly fields: F;
  /**
   * Reads all settings from environment variables; every key may come as `<KEY>_FILE`, the path of a mounted file, too.
   * @throws SettingsError naming every bad key
   */
  read(environment: Readonly<Record<string, string | undefined>>): SettingsOf<F>;
}

const FILE_SUFFIX = '_FILE';
const FILE_BYTES_MAX = 64 * 1024;

function readMountedFile(path: string): string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new SettingRefused('names a file that cannot be read');
  }
  if (text.length > FILE_BYTES_MAX) throw new SettingRefused(`names a file of more than ${FILE_BYTES_MAX} bytes`);
  return text.replace(/\r?\n$/, '');
}

function textOf(key: string, environment: Readonly<Record<string, string | undefined>>): string | undefined {
  // An empty variable means "not set": compose files and manifests often can't leave one out.
  const direct = environment[key] || undefined;
  const path = environment[key + FILE_SUFFIX] || undefined;
  if (direct !== undefined && path !== undefined) throw new SettingRefused(`is set twice, as ${key}${FILE_SUFFIX} too`);
  return path === undefined ? direct : readMountedFile(path) || undefined;
}

function readField(
  key: string,
  field: Field<unknown>,
  environment: Readonly<Record<string, string | undefined>>,
): unknown {
  const text = textOf(key, environment);
  if (text !== undefined) return field.parse(text);
  if (field.required && field.defaultValue === undefined) throw new SettingRefused('is required and not set');
  return field.defaultValue;
}

function reasonOf(error: unknown): string {
  // Other errors may quote the value (a blank secret, a parser of somebody else's).
  return error instanceof SettingRefused ? error.message : 'is not acceptable';
}

/** Declares settings; see {@link SettingsDefinition.read}. Spread `commonSettings` in first. */
export function defineSettings<const F extends SettingFields>(fields: F): SettingsDefinition<F> {
  return {
    fields,
    read(environment) {
      const values: Record<string, unknown> = {};
      const problems: SettingProblem[] = [];
      for (const [key, field] of Object.entries(fields)) {
        try {
          values[key] = readField(key, field, environment);
        } catch (error) {
          problems.push({ key, reason: reasonOf(error) });
        }
      }
      if (problems.length > 0) throw new SettingsError(problems);
      return Object.freeze(values) as SettingsOf<F>;
    },
  };
}
