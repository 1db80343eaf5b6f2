import type { OfferedAccount, Platform, Reason } from '@mooring/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** pending: nobody has claimed it yet · active · revoking: its last connection was released · destroyed: its key is gone. */
export type GrantLifeState = 'pending' | 'active' | 'revoking' | 'destroyed';

/** An account found behind a pending grant; its token lies sealed beside it. */
export interface DiscoveredRow {
  readonly offered: OfferedAccount;
  readonly hasToken: boolean;
  readonly grantedScopes: readonly string[];
  readonly missingScopes: readonly string[];
}

/** One consent of one person at one platform. Never holds a token; those lie in {@link SealedToken}. */
@Entity('grants')
export class Grant {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  @Column('text') state: GrantLifeState;
  @Column('text') platform: Platform;
  /** The operator's app at the platform that the consent was given to. */
  @Column('text', { name: 'client_id' }) clientId: string;
  @Column('text', { name: 'subject_id' }) subjectId: string;
  @Column('text', { name: 'subject_name', nullable: true }) subjectName: string | null;
  @Column('uuid', { name: 'session_id', nullable: true }) sessionId: string | null;
  @Column('uuid', { name: 'data_key_id' }) dataKeyId: string;
  /** The key-encryption key that the data key is wrapped under. */
  @Column('text', { name: 'wrapping_key_id', nullable: true }) wrappingKeyId: string | null;
  @Column('bytea', { name: 'wrapped_key', nullable: true }) wrappedKey: Buffer | null;
  /** Grows with every new set of tokens; every write that follows from a platform's answer compares it. */
  @Column('integer') generation: number;
  /** Grows with every change. */
  @Column('integer') version: number;
  @Column('integer') fence: number;
  /** False: there is nothing to renew with, whatever the platform's policy says. */
  @Column('boolean', { name: 'has_refresh_token' }) hasRefreshToken: boolean;
  /** The generation that the latest consent began; what is newer came by renewals. */
  @Column('integer', { name: 'consent_generation' }) consentGeneration: number;
  /** The generation whose refresh token may be spent at the platform; in doubt while it is still the grant's. */
  @Column('integer', { name: 'doubt_generation', nullable: true }) doubtGeneration: number | null;
  /** The instance that sent it, whose journal may hold the answer. */
  @Column('uuid', { name: 'doubt_owner', nullable: true }) doubtOwner: string | null;
  /** Real time. */
  @Column('timestamptz', { name: 'doubt_since', nullable: true }) doubtSince: Date | null;
  @Column('timestamptz', { name: 'access_expires_at', nullable: true }) accessExpiresAt: Date | null;
  @Column('timestamptz', { name: 'refresh_expires_at', nullable: true }) refreshExpiresAt: Date | null;
  @Column('timestamptz', { name: 'data_access_expires_at', nullable: true }) dataAccessExpiresAt: Date | null;
  @Column('timestamptz', { name: 'issued_at', nullable: true }) issuedAt: Date | null;
  @Column('timestamptz', { name: 'refreshed_at', nullable: true }) refreshedAt: Date | null;
  @Column('text', { name: 'granted_scopes', array: true }) grantedScopes: string[];
  @Column('text', { name: 'missing_scopes', array: true }) missingScopes: string[];
  @Column('integer', { name: 'consecutive_failures' }) consecutiveFailures: number;
  @Column('timestamptz', { name: 'last_counted_failure_at', nullable: true }) lastCountedFailureAt: Date | null;
  /** Why the grant's own token is dead, if it is. */
  @Column('text', { name: 'cut_off_reason', nullable: true }) cutOffReason: Reason | null;
  @Column('timestamptz', { name: 'cut_off_since', nullable: true }) cutOffSince: Date | null;
  /** Why the consent ended, as the platform's own notice says; holds for that consent only. */
  @Column('text', { name: 'noticed_reason', nullable: true }) noticedReason: Reason | null;
  /** The `consentGeneration` that the notice came to. */
  @Column('integer', { name: 'noticed_consent', nullable: true }) noticedConsent: number | null;
  @Column('uuid', { name: 'episode_id', nullable: true }) episodeId: string | null;
  @Column('boolean', { name: 'consent_advice' }) consentAdvice: boolean;
  /** Pending grants only. */
  @Column('jsonb', { nullable: true }) discovered: DiscoveredRow[] | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}
