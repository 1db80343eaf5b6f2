import type { Platform, Reason, Secret } from '@mooring/contracts';
import { type Pool, Pool as PgPool } from 'pg';
import type { GrantLifeState } from '../grants/grant.entity.ts';
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
const STATEMENT = { name: 'read-token', text: 'select vault.read_token($1, $2, $3) as answer' };

/** The columns of the function's answer, in its order. */
type AnswerColumns = readonly [
  platform: Platform,
  grantState: GrantLifeState,
  grantId: string,
  grantGeneration: number,
  dataKeyId: string,
  wrappingKeyId: string | null,
  wrappedKey: string | null,
  grantAccessExpiresAt: string | null,
  grantRefreshExpiresAt: string | null,
  grantDataAccessExpiresAt: string | null,
  accountId: string,
  released: boolean,
  ownToken: boolean,
  dependsOnRefresh: boolean,
  cutOffReason: Reason | null,
  tokenExpiresAt: string | null,
  dataAccessExpiresAt: string | null,
  grantedScopes: string[],
  tokenGeneration: number | null,
  blob: string | null,
];

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
    const { rows } = await this.#pool.query<{ answer: string | null }>({ ...STATEMENT, values });
    const answer = rows[0]?.answer;
    return answer ? readOf(JSON.parse(answer) as AnswerColumns) : null;
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}

function readOf(columns: AnswerColumns): SealedTokenRead {
  return {
    platform: columns[0],
    grantState: columns[1],
    grantId: columns[2],
    grantGeneration: columns[3],
    dataKeyId: columns[4],
    wrappingKeyId: columns[5],
    wrappedKey: bytes(columns[6]),
    grantAccessExpiresAt: instant(columns[7]),
    grantRefreshExpiresAt: instant(columns[8]),
    grantDataAccessExpiresAt: instant(columns[9]),
    accountId: columns[10],
    released: columns[11],
    ownToken: columns[12],
    dependsOnRefresh: columns[13],
    cutOffReason: columns[14],
    tokenExpiresAt: instant(columns[15]),
    dataAccessExpiresAt: instant(columns[16]),
    grantedScopes: columns[17],
    tokenGeneration: columns[18],
    blob: bytes(columns[19]),
  };
}

const bytes = (base64: string | null): Buffer | null => (base64 === null ? null : Buffer.from(base64, 'base64'));
const instant = (text: string | null): Date | null => (text === null ? null : new Date(text));
