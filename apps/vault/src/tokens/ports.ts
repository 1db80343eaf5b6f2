import type { Platform, Reason } from '@mooring/contracts';
import type { GrantLifeState } from '../grants/grant.entity.ts';

/** A connection's sealed token with the facts that its status follows from. */
export interface SealedTokenRead {
  readonly platform: Platform;
  readonly grantState: GrantLifeState;
  readonly grantId: string;
  readonly grantGeneration: number;
  readonly dataKeyId: string;
  readonly wrappingKeyId: string | null;
  readonly wrappedKey: Buffer | null;
  readonly grantAccessExpiresAt: Date | null;
  readonly grantRefreshExpiresAt: Date | null;
  readonly grantDataAccessExpiresAt: Date | null;
  readonly accountId: string;
  readonly released: boolean;
  readonly ownToken: boolean;
  readonly dependsOnRefresh: boolean;
  readonly cutOffReason: Reason | null;
  readonly tokenExpiresAt: Date | null;
  readonly dataAccessExpiresAt: Date | null;
  readonly grantedScopes: string[];
  readonly tokenGeneration: number | null;
  readonly blob: Buffer | null;
  readonly hasRefreshToken: boolean;
}

/** Whose read it is, for the audit. */
export interface ReadAudit {
  readonly workspaceId: string;
  readonly connectionId: string;
  /** Issuer and subject of the service. */
  readonly reader: string;
}

/** The one statement of a read: it audits and answers. */
export abstract class SealedTokenReads {
  /** Null where the workspace has no such connection. */
  abstract read(audit: ReadAudit): Promise<SealedTokenRead | null>;
}
