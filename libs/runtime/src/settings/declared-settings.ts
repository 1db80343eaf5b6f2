import type { Secret } from '@mooring/contracts';
import type { SettingFields } from './define-settings.ts';
import { type Field, type FieldOptions, setting } from './fields.ts';

/** A setting declared as plain data by a library that knows nothing of this one (a platform's adapter). */
export interface DeclaredSetting {
  readonly kind: 'text' | 'secret' | 'url' | 'list' | 'flag';
  readonly doc: string;
  /** As it would stand in the environment. */
  readonly default?: string;
}

/** Values of declared settings. Asking for a name that was not declared, or by another kind, is a fault of the caller. */
export class DeclaredValues {
  constructor(private readonly values: Readonly<Record<string, unknown>>) {}

  text(name: string): string | undefined {
    return this.values[name] as string | undefined;
  }

  secret(name: string): Secret | undefined {
    return this.values[name] as Secret | undefined;
  }

  list(name: string): readonly string[] | undefined {
    return this.values[name] as readonly string[] | undefined;
  }

  flag(name: string): boolean {
    return this.values[name] === true;
  }
}

/** Fields of declared settings, to be read and shown in tables like any other. */
export function declaredFields(declared: Readonly<Record<string, DeclaredSetting>>): SettingFields {
  return Object.fromEntries(Object.entries(declared).map(([name, one]) => [name, fieldOf(one)]));
}

function fieldOf({ kind, doc, default: text }: DeclaredSetting): Field<unknown> {
  const field = emptyField(kind, { doc });
  return text === undefined ? field : { ...field, defaultValue: field.parse(text) };
}

function emptyField(kind: DeclaredSetting['kind'], options: Pick<FieldOptions<never>, 'doc'>): Field<unknown> {
  switch (kind) {
    case 'secret':
      return setting.secret(options);
    case 'url':
      return setting.url(options);
    case 'list':
      return setting.list(options);
    case 'flag':
      return setting.boolean(options);
    case 'text':
      return setting.string(options);
  }
}
