import type { DataSource } from 'typeorm';

/** The database as the worker role sees it: every workspace, but only the tables that pollers need. */
export class WorkerDatabase {
  constructor(readonly dataSource: DataSource) {}
}
