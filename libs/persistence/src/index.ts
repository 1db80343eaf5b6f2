export * from './data-source.ts';
export * from './tenancy.ts';
export * from './identifiers.ts';
export * from './tenant-sql.ts';
export * from './provision.ts';
export * from './migrate.ts';
export * from './leases.ts';
export * from './business-clock.ts';
