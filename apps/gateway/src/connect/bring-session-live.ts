import type { GrantStateData } from '@mooring/contracts';
import { Clock } from '@mooring/runtime/clock';
import { Injectable } from '@nestjs/common';
import { NoteGrantState } from '../connections/note-grant-state.ts';
import type { Stores } from '../storage/ports.ts';
import { bringLive } from './bring-live.ts';

/** The second transaction of an activation: what a session has reserved becomes live. */
@Injectable()
export class BringSessionLive {
  constructor(
    private readonly noteGrantState: NoteGrantState,
    private readonly clock: Clock,
  ) {}

  /** Finishes with the grant's state at hand. Answers false where the session isn't waiting for it. */
  async run(stores: Stores, sessionId: string, grant: GrantStateData): Promise<boolean> {
    const session = await stores.sessions.lock(sessionId);
    if (session?.state !== 'activating') return false;
    // All at once and in one order: a consumer may be locking the same grant's connections.
    const ids = [...session.planned, ...grant.connections].map(({ connectionId }) => connectionId);
    await stores.connections.lockMany(ids);
    await bringLive(stores, session, grant, this.clock.now());
    const by = {
      subject: session.subject,
      name: session.subjectName,
      onBehalfOfWorkspace: session.onBehalfOfWorkspace,
    };
    // Siblings of the grant that the consent renewed as well.
    session.healed = await this.noteGrantState.run(stores, grant, { kind: 'consent', by }, null);
    session.state = 'done';
    session.pendingGrant = 'settled';
    session.offer = null;
    await stores.sessions.save(session);
    return true;
  }

  /** A consent whose session is done already, or another's. */
  async noteConsent(stores: Stores, grant: GrantStateData): Promise<void> {
    await this.noteGrantState.run(stores, grant, { kind: 'consent', by: null }, null);
  }
}
