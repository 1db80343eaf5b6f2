import type { PendingGrantView } from '@mooring/contracts';
import { Column, Entity, type EntityManager, PrimaryColumn } from 'typeorm';
import { Grant } from './grant.entity.ts';

/** What became of a session: its grant. Answers a repeated activation. */
@Entity('activations')
export class Activation {
  @PrimaryColumn('uuid', { name: 'session_id' }) sessionId: string;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  @Column('uuid', { name: 'grant_id' }) grantId: string;
  @Column('timestamptz', { name: 'activated_at' }) activatedAt: Date;
}

/** Identifies a consent within a workspace. */
export type ConsentKey = Pick<Grant, 'workspaceId' | 'platform' | 'clientId' | 'subjectId'>;

/** The pending grant of a session. */
export function pendingOf(manager: EntityManager, sessionId: string): Promise<Grant | null> {
  return manager.findOneBy(Grant, { sessionId, state: 'pending' });
}

/** What became of a session, if it was activated. */
export function activationOf(manager: EntityManager, sessionId: string): Promise<Activation | null> {
  return manager.findOneBy(Activation, { sessionId });
}

/** The grant of the same workspace, platform and person that is in use, if there is one. */
export function grantInUse(manager: EntityManager, consent: ConsentKey): Promise<Grant | null> {
  const { workspaceId, platform, clientId, subjectId } = consent;
  return manager.findOneBy(Grant, { workspaceId, platform, clientId, subjectId, state: 'active' });
}

/** What the gateway may know of a pending grant. */
export async function pendingView(manager: EntityManager, grant: Grant): Promise<PendingGrantView> {
  const existing = await grantInUse(manager, grant);
  return {
    sessionId: grant.sessionId ?? '',
    subjectId: grant.subjectId,
    subjectName: grant.subjectName,
    existingGrantId: existing?.id ?? null,
    grantedScopes: grant.grantedScopes,
    missingScopes: grant.missingScopes,
    accounts: (grant.discovered ?? []).map(({ offered }) => offered),
  };
}
