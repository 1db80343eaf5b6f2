import { rows } from '@mooring/persistence';
import type { EntityManager } from 'typeorm';
import type { ConnectSession } from '../connect/connect-session.ts';
import type { SessionStore } from '../connect/ports.ts';
import { SESSIONS } from './entities.ts';

/** Connect sessions in PostgreSQL, within one transaction. */
export class PostgresSessionStore implements SessionStore {
  constructor(private readonly manager: EntityManager) {}

  find(id: string): Promise<ConnectSession | null> {
    return this.manager.findOne(SESSIONS, { where: { id } });
  }

  lock(id: string): Promise<ConnectSession | null> {
    return this.manager.findOne(SESSIONS, { where: { id }, lock: { mode: 'for_no_key_update' } });
  }

  async save(session: ConnectSession): Promise<void> {
    await this.manager.save(SESSIONS, session);
    await this.manager.query(`update connect_sessions set touched_at = clock_timestamp() where id = $1`, [session.id]);
  }

  async consumeState(stateHash: Buffer): Promise<ConnectSession | null> {
    const [used] = await rows<{ id: string }>(
      this.manager,
      `update connect_sessions set state_hash = null, state = 'completing', touched_at = clock_timestamp()
       where state_hash = $1 returning id`,
      [stateHash],
    );
    return used ? this.find(used.id) : null;
  }

  async activatingWith(connectionId: string): Promise<string[]> {
    const found = await rows<{ id: string }>(
      this.manager,
      `select id from connect_sessions where state = 'activating' and planned @> $1::jsonb`,
      [JSON.stringify([{ connectionId }])],
    );
    return found.map((row) => row.id);
  }
}
