import type { DataSource } from 'typeorm';

/** The database as the worker role sees it: every workspace, but only the tables that pollers need. */
export class WorkerDatabase {
  constructor(readonly dataSource: DataSource) {}
}

/**
 * The same role, with connections that nothing else takes: whoever waits for a platform may hold one of the others, and the
 * limits that it waits for must be at hand meanwhile.
 */
export class LimitsDatabase {
  constructor(readonly dataSource: DataSource) {}
}
