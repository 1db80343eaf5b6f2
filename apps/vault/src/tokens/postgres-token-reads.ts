import type { Secret } from '@mooring/contracts';
import { type Pool, Pool as PgPool } from 'pg';
import { type ReadAudit, type SealedTokenRead, SealedTokenReads } from './ports.ts';

/** How token reads reach the database. */
export interface TokenReadsSettings {
  readonly url: Secret;
  readonly poolMax: number;
  readonly onPoolError: (error: Error) => void;
}

const STATEMENT_TIMEOUT_MS = 5_000;
const CONNECT_TIMEOUT_MS = 2_000;

/** Named, so that each connection prepares it once. */
const STATEMENT = {
  name: 'read-token',
  text: `select platform, grant_state as "grantState", grant_id as "grantId", grant_generation as "grantGeneration",
    data_key_id as "dataKeyId", wrapping_key_id as "wrappingKeyId", wrapped_key as "wrappedKey",
    grant_access_expires_at as "grantAccessExpiresAt", grant_refresh_expires_at as "grantRefreshExpiresAt",
    grant_data_access_expires_at as "grantDataAccessExpiresAt", account_id as "accountId", released,
    own_token as "ownToken", depends_on_refresh as "dependsOnRefresh", cut_off_reason as "cutOffReason",
    token_expires_at as "tokenExpiresAt", data_access_expires_at as "dataAccessExpiresAt",
    granted_scopes as "grantedScopes", token_generation as "tokenGeneration", blob
    from vault.read_token($1, $2, $3)`,
};

/** Token reads over a pool of their own, past the object mapper: this is the path that must be quick. */
export class PostgresTokenReads extends SealedTokenReads {
  readonly #pool: Pool;

  constructor(settings: TokenReadsSettings) {
    super();
    this.#pool = new PgPool({
      connectionString: settings.url.reveal(),
      max: settings.poolMax,
      application_name: 'mooring vault token reads',
      statement_timeout: STATEMENT_TIMEOUT_MS,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
    });
    this.#pool.on('error', settings.onPoolError);
  }

  async read(audit: ReadAudit): Promise<SealedTokenRead | null> {
    const values = [audit.workspaceId, audit.connectionId, audit.reader];
    const { rows } = await this.#pool.query<SealedTokenRead>({ ...STATEMENT, values });
    return rows[0] ?? null;
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}
