import type { RevocationResultCode } from '@mooring/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One letting go: of a connection, or of a grant that nobody uses (then without a connection). */
@Entity('releases')
export class Release {
  @PrimaryColumn('uuid', { name: 'release_id' }) releaseId: string;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  @Column('uuid', { name: 'grant_id' }) grantId: string;
  @Column('uuid', { name: 'connection_id', nullable: true }) connectionId: string | null;
  @Column('integer', { nullable: true }) activation: number | null;
  @Column('text') result: RevocationResultCode;
  /** The data key is destroyed at the latest then, whatever the platform says. */
  @Column('timestamptz', { name: 'give_up_at' }) giveUpAt: Date;
  @Column('timestamptz', { name: 'done_at', nullable: true }) doneAt: Date | null;
}
