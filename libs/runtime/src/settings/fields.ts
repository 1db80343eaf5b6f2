import { Secret } from '@mooring/contracts';

/** One typed setting: how its text is read, and what its table row says. */
export interface Field<T> {
  readonly kind: string;
  /** One sentence for the settings table. */
  readonly doc: string;
  readonly defaultValue: T | undefined;
  readonly required: boolean;
  readonly secret: boolean;
  /** For the table: "1 to 65535", "one of …". */
  readonly bounds: string;
  /** Turns the text into the value; throws {@link SettingRefused} with a reason that never holds the text. */
  parse(text: string): T;
}

/** Thrown when the text of a setting is refused. The reason must never quote the text. */
export class SettingRefused extends Error {}

/** What every kind of setting takes. Without `default` and without `required` the value may be undefined. */
export interface FieldOptions<T> {
  readonly doc: string;
  readonly default?: T;
  readonly required?: boolean;
}

/** Bounds of a number, both inclusive. */
export interface NumberOptions extends FieldOptions<number> {
  readonly min?: number;
  readonly max?: number;
}

type Presence = { readonly default: unknown } | { readonly required: true };
type ValueOf<T, O> = O extends Presence ? T : T | undefined;
type Made<T, O> = Field<ValueOf<T, O>>;

interface Shape<T> {
  readonly kind: string;
  readonly bounds?: string;
  readonly secret?: boolean;
  parse(text: string): T;
}

function make<T, O extends FieldOptions<T>>(options: O, shape: Shape<T>): Made<T, O> {
  const field: Field<T> = {
    kind: shape.kind,
    doc: options.doc,
    defaultValue: options.default,
    required: options.required ?? false,
    secret: shape.secret ?? false,
    bounds: shape.bounds ?? '',
    parse: (text) => shape.parse(text),
  };
  // `Made` says for the reader of the settings whether the value can be undefined; the field itself is the same.
  return field;
}

function parseInteger(text: string, options: NumberOptions): number {
  if (!/^-?\d{1,15}$/.test(text)) throw new SettingRefused('is not a whole number');
  const value = Number(text);
  if (options.min !== undefined && value < options.min) throw new SettingRefused(`is less than ${options.min}`);
  if (options.max !== undefined && value > options.max) throw new SettingRefused(`is more than ${options.max}`);
  return value;
}

function boundsOf({ min, max }: NumberOptions): string {
  if (min !== undefined && max !== undefined) return `${min} to ${max}`;
  if (min !== undefined) return `at least ${min}`;
  return max !== undefined ? `at most ${max}` : '';
}

const TRUE_TEXTS = new Set(['true', '1', 'yes', 'on']);
const FALSE_TEXTS = new Set(['false', '0', 'no', 'off']);

function parseBoolean(text: string): boolean {
  const lower = text.toLowerCase();
  if (TRUE_TEXTS.has(lower)) return true;
  if (FALSE_TEXTS.has(lower)) return false;
  throw new SettingRefused('is neither true nor false');
}

function parseUrl(text: string): string {
  if (!URL.canParse(text)) throw new SettingRefused('is not an absolute URL');
  const { protocol, username, password } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') throw new SettingRefused('is not an http or https URL');
  if (username !== '' || password !== '') throw new SettingRefused('must not carry credentials');
  return text.replace(/\/+$/, '');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text.
    throw new SettingRefused('is not valid JSON');
  }
}

/** Kinds of settings. Each takes `doc`, and `default` or `required: true`; with neither the value may be undefined. */
export const setting = {
  /** Free text. */
  string: <const O extends FieldOptions<string>>(options: O): Made<string, O> =>
    make<string, O>(options, { kind: 'text', parse: (text) => text }),

  /** A whole number within bounds. */
  integer: <const O extends NumberOptions>(options: O): Made<number, O> =>
    make<number, O>(options, {
      kind: 'integer',
      bounds: boundsOf(options),
      parse: (text) => parseInteger(text, options),
    }),

  /** A length of time: a whole number of milliseconds; name such keys `…_MS`. */
  durationMs: <const O extends NumberOptions>(options: O): Made<number, O> =>
    make<number, O>(options, {
      kind: 'milliseconds',
      bounds: boundsOf({ min: 0, ...options }),
      parse: (text) => parseInteger(text, { min: 0, ...options }),
    }),

  /** An http(s) URL without credentials; a trailing slash is cut. Use {@link setting.secret} for URLs with a password. */
  url: <const O extends FieldOptions<string>>(options: O): Made<string, O> =>
    make<string, O>(options, { kind: 'URL', parse: parseUrl }),

  /** true, 1, yes, on — false, 0, no, off. */
  boolean: <const O extends FieldOptions<boolean>>(options: O): Made<boolean, O> =>
    make<boolean, O>(options, { kind: 'boolean', parse: parseBoolean }),

  /** Comma-separated texts; blanks around and empty items are dropped. */
  list: <const O extends FieldOptions<readonly string[]>>(options: O): Made<readonly string[], O> =>
    make<readonly string[], O>(options, {
      kind: 'list',
      bounds: 'comma-separated',
      parse: (text) =>
        text
          .split(',')
          .map((item) => item.trim())
          .filter((item) => item !== ''),
    }),

  /** One of the given texts. */
  oneOf: <const V extends string, const O extends FieldOptions<V>>(values: readonly V[], options: O): Made<V, O> =>
    make<V, O>(options, {
      kind: 'choice',
      bounds: `one of ${values.join(', ')}`,
      parse: (text) => {
        const found = values.find((value) => value === text);
        if (found === undefined) throw new SettingRefused(`is not one of ${values.join(', ')}`);
        return found;
      },
    }),

  /** JSON; `check` returns the typed value or throws {@link SettingRefused}. */
  json: <T, const O extends FieldOptions<NoInfer<T>>>(check: (value: unknown) => T, options: O): Made<T, O> =>
    make<T, O>(options, { kind: 'JSON', parse: (text) => check(parseJson(text)) }),

  /** Text that comes out as a `Secret`. Has no default: a secret in the source is none. */
  secret: <const O extends Omit<FieldOptions<Secret>, 'default'>>(options: O): Made<Secret, O> =>
    make<Secret, O>(options, { kind: 'secret', secret: true, parse: (text) => new Secret(text) }),
};
