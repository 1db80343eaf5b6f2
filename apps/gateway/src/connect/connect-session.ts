import type {
  ActivatedConnection,
  MooringErrorOptions,
  PendingGrantView,
  Platform,
  ProblemCode,
} from '@mooring/contracts';
import { MooringError, PROBLEMS, fillText } from '@mooring/contracts';
import type { VISIBLE_SESSION_STATES } from './connect-sessions.dto.ts';

/** created → started → completing → offered → claimed → activating → done; failed and expired from anywhere before it. */
export type ConnectSessionState = (typeof VISIBLE_SESSION_STATES)[number];

/** Why a session failed; told to the person who claims it. */
export interface SessionFailure {
  readonly code: ProblemCode;
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly diagnosticId: string;
}

/** A connection that the session is activating, and what becomes of its row should the vault say no. */
export interface PlannedConnection extends ActivatedConnection {
  readonly origin: 'new' | 'restored' | 'live';
}

/** One attempt of one person to connect or reconnect accounts. Hashes are SHA-256. */
export interface ConnectSession {
  id: string;
  workspaceId: string;
  platform: Platform;
  purpose: 'connect' | 'reconnect';
  /** The connection to be reconnected. */
  connectionId: string | null;
  state: ConnectSessionState;
  /** Of the OAuth state that is out; null once used. */
  stateHash: Buffer | null;
  /** Of the cookie of the browser that started. */
  browserHash: Buffer | null;
  /** Of the one-time code that went back with the browser. */
  resultHash: Buffer | null;
  sealedVerifier: Buffer | null;
  redirectUri: string;
  returnUrl: string;
  rerequest: boolean;
  requestedScopes: string[];
  issuer: string;
  subject: string;
  subjectName: string | null;
  onBehalfOfWorkspace: boolean;
  createdAt: Date;
  linkExpiresAt: Date;
  chooseUntil: Date | null;
  /** Whether the vault may hold a pending grant for this session that nobody has settled. */
  pendingGrant: 'none' | 'open' | 'settled';
  offer: PendingGrantView | null;
  planned: PlannedConnection[];
  /** Ids of the planned ones' siblings that the consent healed too. */
  healed: string[];
  failure: SessionFailure | null;
}

/** Before the platform has sent the person back. */
const BEFORE_CALLBACK: readonly ConnectSessionState[] = ['created', 'started'];
/** While a person may claim and choose. */
const CHOOSING: readonly ConnectSessionState[] = ['offered', 'claimed'];

/** True where the platform sends nobody back in time any more. */
export function linkHasExpired(session: ConnectSession, now: Date): boolean {
  return now >= session.linkExpiresAt;
}

/** The state as of now: deadlines pass by themselves. */
export function stateAt(session: ConnectSession, now: Date): ConnectSessionState {
  const { state } = session;
  if (BEFORE_CALLBACK.includes(state) && linkHasExpired(session, now)) return 'expired';
  if (CHOOSING.includes(state) && session.chooseUntil && now >= session.chooseUntil) return 'expired';
  return state;
}

/** When the present step runs out. */
export function expiryOf(session: ConnectSession): Date {
  return session.chooseUntil ?? session.linkExpiresAt;
}

/** Thrown to whoever asks a failed session for its result; carries the diagnostic id of the failure itself. */
export function failureError(failure: SessionFailure): MooringError {
  const { Scopes: scopes } = failure.parameters;
  const missingScopes = typeof scopes === 'string' && scopes !== '' ? scopes.split(', ') : null;
  const options: MooringErrorOptions = {
    parameters: failure.parameters,
    extensions: { diagnosticId: failure.diagnosticId, ...(missingScopes && { missingScopes }) },
  };
  return new MooringError(failure.code, options);
}

/** A failure as the session's view tells it. */
export function describeFailure({ code, parameters, diagnosticId }: SessionFailure) {
  const { detail, action } = PROBLEMS[code];
  return { code, message: fillText(detail, parameters), action, diagnosticId };
}

/** What names a session in a log line. */
export function idsOf({ id, workspaceId, platform, purpose, connectionId }: ConnectSession): object {
  return { sessionId: id, workspaceId, platform, purpose, ...(connectionId && { connectionId }) };
}
