import { EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';
import type { ConnectSession } from '../connect/connect-session.ts';
import type { Connection } from '../connections/connection.ts';
import type { HistoryEntry } from '../connections/ports.ts';
import type { Hub, HubAdmin, Member, Workspace } from '../directory/directory.ts';

type Columns<T> = Record<keyof T, EntitySchemaColumnOptions>;

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function schemaOf<T extends object>(tableName: string, columns: Columns<T>): EntitySchema<T> {
  const entries = Object.entries<EntitySchemaColumnOptions>(columns).map(
    ([property, options]) => [property, { name: snake(property), ...options }] as const,
  );
  return new EntitySchema<T>({ name: tableName, tableName, columns: Object.fromEntries(entries) as never });
}

const key: EntitySchemaColumnOptions = { type: 'text', primary: true };
const uuidKey: EntitySchemaColumnOptions = { type: 'uuid', primary: true };
const text: EntitySchemaColumnOptions = { type: 'text' };
const textOrNull: EntitySchemaColumnOptions = { type: 'text', nullable: true };
const uuidOrNull: EntitySchemaColumnOptions = { type: 'uuid', nullable: true };
const integer: EntitySchemaColumnOptions = { type: 'integer' };
const integerOrNull: EntitySchemaColumnOptions = { type: 'integer', nullable: true };
const flag: EntitySchemaColumnOptions = { type: 'boolean' };
const instant: EntitySchemaColumnOptions = { type: 'timestamptz' };
const instantOrNull: EntitySchemaColumnOptions = { type: 'timestamptz', nullable: true };
const texts: EntitySchemaColumnOptions = { type: 'text', array: true };
const bytesOrNull: EntitySchemaColumnOptions = { type: 'bytea', nullable: true };
const json: EntitySchemaColumnOptions = { type: 'jsonb' };
const jsonOrNull: EntitySchemaColumnOptions = { type: 'jsonb', nullable: true };

export const HUBS = schemaOf<Hub>('hubs', { id: key, name: text, version: integer });

export const HUB_ADMINS = schemaOf<HubAdmin>('hub_admins', {
  hubId: key,
  subject: key,
  name: text,
  email: textOrNull,
  locale: textOrNull,
  removed: flag,
  version: integer,
});

export const WORKSPACES = schemaOf<Workspace>('workspaces', {
  id: { ...key, name: 'workspace_id' },
  hubId: text,
  name: text,
  plan: text,
  timeZone: text,
  version: integer,
});

export const MEMBERS = schemaOf<Member>('members', {
  workspaceId: key,
  subject: key,
  role: text,
  name: text,
  email: textOrNull,
  locale: textOrNull,
  removed: flag,
  version: integer,
});

export const CONNECTIONS = schemaOf<Connection>('connections', {
  id: uuidKey,
  workspaceId: text,
  platform: text,
  kind: text,
  accountId: text,
  displayName: text,
  username: textOrNull,
  avatarUrl: textOrNull,
  phase: text,
  version: integer,
  activation: integer,
  grantId: uuidOrNull,
  grantVersion: integer,
  grantMoves: integer,
  grantGeneration: integer,
  cutOffReason: textOrNull,
  cutOffSince: instantOrNull,
  deadlineAt: instantOrNull,
  deadlineKind: textOrNull,
  remindedDaysLeft: integerOrNull,
  episodeId: uuidOrNull,
  consentAdvised: flag,
  grantedScopes: texts,
  missingScopes: texts,
  tokenExpiresAt: instantOrNull,
  dataAccessExpiresAt: instantOrNull,
  lastRefreshedAt: instantOrNull,
  lastCheckedAt: instantOrNull,
  status: text,
  reason: textOrNull,
  action: textOrNull,
  previousStatus: textOrNull,
  statusSince: instant,
  connectedAt: instant,
  connectedBy: text,
  connectedByName: textOrNull,
  consentedAt: instant,
  consentedAs: textOrNull,
  removedAt: instantOrNull,
  releaseId: uuidOrNull,
  revocation: textOrNull,
});

export const HISTORY = schemaOf<HistoryEntry>('connection_events', {
  id: uuidKey,
  workspaceId: text,
  connectionId: { type: 'uuid' },
  kind: text,
  occurredAt: instant,
  summary: text,
  bySubject: textOrNull,
  byName: textOrNull,
  onBehalfOfWorkspace: flag,
});

export const SESSIONS = schemaOf<ConnectSession>('connect_sessions', {
  id: uuidKey,
  workspaceId: text,
  platform: text,
  purpose: text,
  connectionId: uuidOrNull,
  state: text,
  stateHash: bytesOrNull,
  browserHash: bytesOrNull,
  resultHash: bytesOrNull,
  sealedVerifier: bytesOrNull,
  redirectUri: text,
  returnUrl: text,
  rerequest: flag,
  requestedScopes: texts,
  issuer: text,
  subject: text,
  subjectName: textOrNull,
  onBehalfOfWorkspace: flag,
  createdAt: instant,
  linkExpiresAt: instant,
  chooseUntil: instantOrNull,
  pendingGrant: text,
  offer: jsonOrNull,
  planned: json,
  healed: texts,
  failure: jsonOrNull,
});

/** Every table that the gateway's data sources map; TypeORM takes schemas where the data source's type names classes. */
export const ENTITIES = [HUBS, HUB_ADMINS, WORKSPACES, MEMBERS, CONNECTIONS, HISTORY, SESSIONS] as unknown as never[];
