import type { TriggerCode } from '@mooring/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** recorded: asked for · claimed: a worker has it · sending: the platform may have been called · done: answered. */
export type AttemptState = 'recorded' | 'claimed' | 'sending' | 'done';

/** One renewal or inspection that was asked for. It is persisted before a platform hears of it. */
@Entity('attempts')
export class Attempt {
  @PrimaryColumn('uuid', { name: 'attempt_id' }) attemptId: string;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  @Column('uuid', { name: 'grant_id' }) grantId: string;
  @Column('text') kind: 'refresh' | 'inspect';
  @Column('text') trigger: TriggerCode;
  @Column('text', { name: 'requested_by', nullable: true }) requestedBy: string | null;
  /** The generation that was to be renewed. */
  @Column('integer', { nullable: true }) generation: number | null;
  @Column('timestamptz', { name: 'not_after', nullable: true }) notAfter: Date | null;
  @Column('text') state: AttemptState;
  @Column('text', { nullable: true }) outcome: string | null;
  @Column('timestamptz', { name: 'done_at', nullable: true }) doneAt: Date | null;
}
