import { Injectable } from '@nestjs/common';
import { WorkerDatabase } from '../database.ts';

/** Passes on what a process had sent when it died. */
@Injectable()
export class InstanceHandover {
  constructor(private readonly worker: WorkerDatabase) {}

  /** Call it when the journal of the dead process has been replayed: nobody has an answer for what is left. */
  async run(from: string, to: string): Promise<void> {
    await this.worker.dataSource.query(
      `update grants set doubt_owner = $2
       where doubt_owner = $1 and doubt_generation = generation and state <> 'destroyed'`,
      [from, to],
    );
  }
}
