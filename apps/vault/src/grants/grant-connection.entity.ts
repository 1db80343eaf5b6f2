import type { ConnectionKind, Platform, Reason } from '@mooring/contracts';
import { AfterLoad, Column, Entity, PrimaryColumn } from 'typeorm';

/** One account that a workspace publishes through, as the vault knows it; it draws on one grant at a time. */
@Entity('grant_connections')
export class GrantConnection {
  @PrimaryColumn('uuid', { name: 'connection_id' }) connectionId: string;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  @Column('uuid', { name: 'grant_id' }) grantId: string;
  @Column('text') platform: Platform;
  @Column('text', { name: 'account_id' }) accountId: string;
  @Column('text') kind: ConnectionKind;
  /** Raised by the gateway with every activation; a release counts only at its own number. */
  @Column('integer') activation: number;
  /** How often it was taken over by another grant. */
  @Column('integer') moves: number;
  @Column('boolean') released: boolean;
  /** True: the account has a token of its own. False: it is used with the grant's. */
  @Column('boolean', { name: 'own_token' }) ownToken: boolean;
  /** True: its token dies with the one that is renewed. */
  @Column('boolean', { name: 'depends_on_refresh' }) dependsOnRefresh: boolean;
  /** The generation that its own token was sealed in. */
  @Column('integer', { name: 'token_generation' }) tokenGeneration: number;
  @Column('timestamptz', { name: 'token_expires_at', nullable: true }) tokenExpiresAt: Date | null;
  @Column('timestamptz', { name: 'data_access_expires_at', nullable: true }) dataAccessExpiresAt: Date | null;
  @Column('text', { name: 'granted_scopes', array: true }) grantedScopes: string[];
  @Column('text', { name: 'missing_scopes', array: true }) missingScopes: string[];
  @Column('timestamptz', { name: 'checked_at', nullable: true }) checkedAt: Date | null;
  @Column('text', { name: 'cut_off_reason', nullable: true }) cutOffReason: Reason | null;
  @Column('timestamptz', { name: 'cut_off_since', nullable: true }) cutOffSince: Date | null;
  /** The reason that stands in the database, to tell whether a change cuts off or heals. */
  loadedCutOffReason?: Reason | null;
  /** What the platform said when an inspection found its token dead, as `190/460`; for the log. */
  refusedWith?: string | null;

  @AfterLoad()
  rememberLoaded(): void {
    this.loadedCutOffReason = this.cutOffReason;
  }
}
