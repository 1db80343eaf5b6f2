const IDENTIFIER = /^[a-z][a-z0-9_]{0,62}$/;

/** Checks a name that goes into DDL as an identifier. Throws RangeError for anything but lower-case words. */
export function identifier(name: string): string {
  if (!IDENTIFIER.test(name))
    throw new RangeError('an SQL identifier must be lower-case letters, digits and underscores');
  return name;
}

/** The four roles of a service. */
export interface ServiceRoles {
  /** Owns the schema and its tables; used by the migration command alone. */
  readonly ddl: string;
  /** Reads and writes at run time, beneath row-level security. */
  readonly runtime: string;
  /** Pollers that work across workspaces, by policies of their own. */
  readonly worker: string;
  /** Can't log in; owns the look-up functions. */
  readonly lookup: string;
}

/** Role names of a service (or of the embedded bus, `bus`). */
export function rolesOf(service: string): ServiceRoles {
  const name = identifier(service);
  return {
    ddl: `mooring_${name}_ddl`,
    runtime: `mooring_${name}`,
    worker: `mooring_${name}_worker`,
    lookup: `mooring_${name}_lookup`,
  };
}
