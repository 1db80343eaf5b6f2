import { type Static, type TObject, type TProperties, Type } from '@sinclair/typebox';
import {
  Actor,
  Attempt,
  ConnectionState,
  DeadlineField,
  Failure,
  type GrantConnection,
  GrantState,
  Instant,
  nullable,
  Plan,
  type Policy,
  RevocationResult,
  Role,
  TenantId,
  Trigger,
  Uuid,
} from './fields.ts';

const data = <T extends TProperties>(description: string, properties: T) =>
  Type.Object(properties, { additionalProperties: false, description });

const connection = { connection: ConnectionState };
const command = {
  grantId: Uuid,
  attemptId: Uuid,
  trigger: Trigger,
  requestedBy: nullable(Type.String()),
  notAfter: Instant,
};

/** The data of every event type: the single source of TypeScript types, JSON Schemas and the AsyncAPI document. */
export const EVENT_SCHEMAS = {
  TokenStored: data('A consent was taken: a new grant, or new tokens of one that was there.', {
    grant: GrantState,
    sessionId: Uuid,
    purpose: Type.Union([Type.Literal('connect'), Type.Literal('reconnect')]),
  }),
  TokenRefreshed: data("A grant's tokens were renewed.", { grant: GrantState, attempt: Attempt }),
  TokenRefreshFailed: data('An attempt to renew did not succeed; the class says what follows.', {
    grant: GrantState,
    attempt: Attempt,
    failure: Failure,
  }),
  TokenInspected: data('The platform was asked about the tokens of a grant, or could not be asked.', {
    grant: GrantState,
    attempt: Attempt,
    answered: Type.Boolean(),
    failure: nullable(Failure),
  }),
  TokenRevoked: data('A connection was released, with what came of it at the platform.', {
    grant: GrantState,
    connectionId: Uuid,
    activation: Type.Integer(),
    releaseId: Uuid,
    result: RevocationResult,
  }),
  RefreshRequested: data('Renew the tokens of this grant.', { ...command, generation: Type.Integer() }),
  InspectRequested: data('Ask the platform whether the tokens of this grant live.', command),
  ReleaseRequested: data('A person disconnected this connection: let it go at the vault and at the platform.', {
    grantId: Uuid,
    connectionId: Uuid,
    activation: Type.Integer(),
    releaseId: Uuid,
  }),
  TokenExpiringSoon: data('A deadline that Mooring cannot move is 7, 3 or 1 days away.', {
    grantId: Uuid,
    connectionId: Uuid,
    deadline: DeadlineField,
    daysLeft: Type.Integer({ minimum: 0 }),
  }),
  TokenDeadlineReached: data('A deadline has passed.', { grantId: Uuid, connectionId: Uuid, deadline: DeadlineField }),
  ConnectionEstablished: data('An account was connected, or one that had been disconnected was restored.', {
    ...connection,
    by: Actor,
    restored: Type.Boolean(),
  }),
  ConnectionRefreshed: data('A renewal ended; also where it was refused or nothing changed.', {
    ...connection,
    attempt: Attempt,
    outcome: Type.Union([Type.Literal('refreshed'), Type.Literal('refused'), Type.Literal('failed')]),
  }),
  ConnectionChecked: data('A check ended; also where nothing changed.', {
    ...connection,
    attempt: Attempt,
    outcome: Type.Union([Type.Literal('alive'), Type.Literal('dead'), Type.Literal('no_answer')]),
  }),
  ConnectionReconnected: data('A connection was healed by a new consent.', { ...connection, by: nullable(Actor) }),
  ConnectionExpiringSoon: data('A connection nears its deadline; it still publishes.', {
    ...connection,
    daysLeft: nullable(Type.Integer()),
  }),
  ConnectionExpired: data('A connection needs reconnecting.', connection),
  ConnectionRecovered: data('A connection was proved alive again without a new consent.', connection),
  ConnectionScopesChanged: data('The permissions of a connection changed.', {
    ...connection,
    added: Type.Array(Type.String()),
    removed: Type.Array(Type.String()),
  }),
  ConnectionDisconnected: data(
    'A person removed the connection. `revocation` is what was known of it at the platform at that moment: `pending`, since ' +
      'the event is announced with the removal itself and the vault only then lets go. What came of it is in `TokenRevoked` ' +
      '(same connectionId) and in the history, `GET /v1/connections/{id}/events`, as `RevocationReported`.',
    { ...connection, by: Actor, revocation: RevocationResult },
  ),
  WorkspaceChanged: data('A workspace was made or changed.', {
    workspaceId: TenantId,
    hubId: TenantId,
    name: Type.String(),
    plan: Plan,
    timeZone: Type.String(),
    version: Type.Integer(),
  }),
  MemberChanged: data('A member was added to a workspace or changed.', {
    workspaceId: TenantId,
    subject: Type.String(),
    role: Role,
    name: Type.String(),
    email: nullable(Type.String()),
    locale: nullable(Type.String()),
    version: Type.Integer(),
  }),
  MemberRemoved: data('A member left a workspace.', {
    workspaceId: TenantId,
    subject: Type.String(),
    version: Type.Integer(),
  }),
  HubAdminChanged: data('A hub admin was added, changed or removed.', {
    hubId: TenantId,
    subject: Type.String(),
    name: Type.String(),
    email: nullable(Type.String()),
    locale: nullable(Type.String()),
    removed: Type.Boolean(),
    version: Type.Integer(),
  }),
} as const satisfies Record<string, TObject>;

/** The name of an event type, the CloudEvents attribute `type`. */
export type EventType = keyof typeof EVENT_SCHEMAS;
/** The data of an event of type `T`. */
export type EventData<T extends EventType> = Static<(typeof EVENT_SCHEMAS)[T]>;

export type GrantStateData = Static<typeof GrantState>;
export type GrantConnectionData = Static<typeof GrantConnection>;
export type ConnectionStateData = Static<typeof ConnectionState>;
export type FailureData = Static<typeof Failure>;
export type AttemptData = Static<typeof Attempt>;
export type ActorData = Static<typeof Actor>;
export type PolicyData = Static<typeof Policy>;
export type RevocationResultCode = Static<typeof RevocationResult>;
export type TriggerCode = Static<typeof Trigger>;
export type RoleCode = Static<typeof Role>;
export type PlanCode = Static<typeof Plan>;
