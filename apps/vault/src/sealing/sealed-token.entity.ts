import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** access and refresh: the grant's own · account: the token of one account. */
export type TokenKind = 'access' | 'refresh' | 'account';

/** A token as it lies in the database: ciphertext and clocks. */
@Entity('sealed_tokens')
export class SealedToken {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('text', { name: 'workspace_id' }) workspaceId: string;
  @Column('uuid', { name: 'grant_id' }) grantId: string;
  /** `grant`, a connection's id, or `account:<kind>:<id>` behind a pending grant. */
  @Column('text') owner: string;
  @Column('text') kind: TokenKind;
  @Column('integer') generation: number;
  @Column('bytea') blob: Buffer;
  @Column('timestamptz', { name: 'issued_at', nullable: true }) issuedAt: Date | null;
  @Column('timestamptz', { name: 'expires_at', nullable: true }) expiresAt: Date | null;
  @Column('timestamptz', { name: 'data_access_expires_at', nullable: true }) dataAccessExpiresAt: Date | null;
  /** Tokens of a renewal that came too late to become the grant's; kept so that they aren't lost. */
  @Column('boolean') orphan: boolean;
}
