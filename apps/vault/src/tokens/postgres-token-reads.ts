import { MooringError, type Platform, type Reason, type Secret } from '@mooring/contracts';
import { DatabaseError, type Pool, Pool as PgPool, type QueryConfig, type QueryResult } from 'pg';
import type { GrantLifeState } from '../grants/grant.entity.ts';
import { GatheredReads } from './gathered-reads.ts';
import { type ReadAudit, type SealedTokenRead, SealedTokenReads } from './ports.ts';

/** How token reads reach the database. */
export interface TokenReadsSettings {
  readonly url: Secret;
  /** Connections, and so statements under way at once. */
  readonly poolMax: number;
  /** Reads that one statement may answer. */
  readonly batchMax: number;
  readonly onPoolError: (error: Error) => void;
}

const STATEMENT_TIMEOUT_MS = 5_000;
/** For a server that answers nothing any more, not even that the statement took too long. */
const ANSWER_TIMEOUT_MS = 6_000;
const CONNECT_TIMEOUT_MS = 2_000;
/** Ten times what a statement takes; behind one that is slower than that nobody shall queue. */
const PATIENCE_MS = 20;

/** Named, so that each connection prepares it once. */
const STATEMENT = { name: 'read-tokens', text: 'select vault.read_tokens($1, $2, $3) as answers' };

/** SQLSTATE classes, PostgreSQL manual, appendix A. */
const DATA_EXCEPTION = /^22/;
const OUT_OF_REACH = /^(08|53|57)/;

/** The columns of the function's answer, in its order. */
type Columns = readonly [
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
  hasRefreshToken: boolean,
];

/** Token reads over a pool of their own, past the object mapper: this is the path that must be quick. */
export class PostgresTokenReads extends SealedTokenReads {
  readonly #pool: Pool;
  readonly #gathered: GatheredReads<ReadAudit, SealedTokenRead | null>;

  constructor(settings: TokenReadsSettings) {
    super();
    this.#pool = new PgPool({
      connectionString: settings.url.reveal(),
      max: settings.poolMax,
      application_name: 'mooring vault token reads',
      statement_timeout: STATEMENT_TIMEOUT_MS,
      query_timeout: ANSWER_TIMEOUT_MS,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
    });
    this.#pool.on('error', settings.onPoolError);
    const bounds = { batchMax: settings.batchMax, statementsMax: settings.poolMax, patienceMs: PATIENCE_MS };
    this.#gathered = new GatheredReads(bounds, (audits) => this.#statement(audits), isDataException);
  }

  read(audit: ReadAudit): Promise<SealedTokenRead | null> {
    return this.#gathered.read(audit);
  }

  async #statement(audits: readonly ReadAudit[]): Promise<(SealedTokenRead | null)[]> {
    const values = [
      audits.map(({ workspaceId }) => workspaceId),
      audits.map(({ connectionId }) => connectionId),
      audits.map(({ reader }) => reader),
    ];
    const { rows } = await this.#query({ ...STATEMENT, values });
    const answers = JSON.parse(rows[0]?.answers ?? '[]') as (Columns | null)[];
    return answers.map((columns) => columns && readOf(columns));
  }

  async #query(statement: QueryConfig): Promise<QueryResult<{ answers: string }>> {
    try {
      return await this.#pool.query<{ answers: string }>(statement);
    } catch (error) {
      throw isOutOfReach(error) ? new MooringError('temporarily_unavailable', { cause: error }) : error;
    }
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}

function readOf(columns: Columns): SealedTokenRead {
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
    hasRefreshToken: columns[20],
  };
}

const bytes = (base64: string | null): Buffer | null => (base64 === null ? null : Buffer.from(base64, 'base64'));
const instant = (text: string | null): Date | null => (text === null ? null : new Date(text));

const isDataException = (error: unknown): boolean =>
  error instanceof DatabaseError && DATA_EXCEPTION.test(error.code ?? '');

/** Away, overloaded or going down; an error without SQLSTATE is the connection's. */
const isOutOfReach = (error: unknown): boolean =>
  !(error instanceof DatabaseError) || OUT_OF_REACH.test(error.code ?? '');
