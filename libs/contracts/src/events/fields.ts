import { type TSchema, Type } from '@sinclair/typebox';
import { FAILURE_CLASSES } from '../failures.ts';
import { CONNECTION_KIND_PATTERN, PLATFORM_PATTERN } from '../platforms.ts';
import { ACTIONS, REASONS } from '../reasons.ts';
import { DEADLINE_KINDS, STATUSES } from '../status.ts';

function oneOf<const T extends readonly string[]>(values: T) {
  return Type.Unsafe<T[number]>({ type: 'string', enum: [...values] });
}

/** A schema whose value may be null. */
export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export const Uuid = Type.String({ format: 'uuid' });
export const Instant = Type.String({ format: 'date-time', description: 'RFC 3339, UTC' });
export const TenantId = Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' });
export const PlatformName = Type.String({
  pattern: PLATFORM_PATTERN.source,
  description: 'name of a platform, as "linkedin"; more may come',
});
export const Kind = Type.String({
  pattern: CONNECTION_KIND_PATTERN.source,
  description: 'what is connected, as "facebook_page"; more may come',
});
export const Status = oneOf(STATUSES);
export const ReasonCode = oneOf(REASONS);
export const ActionCode = oneOf(ACTIONS);
export const FailureClassCode = oneOf(FAILURE_CLASSES);
export const Trigger = oneOf(['schedule', 'person', 'read', 'callback', 'failure', 'reconnect'] as const);
export const RefreshKind = oneOf(['none', 'reexchange', 'reusable', 'rotating'] as const);
export const RevocationResult = oneOf([
  'revoked',
  'kept_for_siblings',
  'failed',
  'unsupported',
  'pending',
  'superseded',
] as const);
export const Role = oneOf(['owner', 'admin', 'editor', 'viewer'] as const);
export const Plan = oneOf(['free', 'starter', 'professional', 'enterprise'] as const);

export const DeadlineField = Type.Object({ at: Instant, kind: oneOf(DEADLINE_KINDS) }, { additionalProperties: false });
export const CutOff = Type.Object({ reason: ReasonCode, since: Instant }, { additionalProperties: false });

/** A failure as events tell it: class and reason, never the platform's raw answer. */
export const Failure = Type.Object(
  {
    class: FailureClassCode,
    reason: nullable(ReasonCode),
    retryAfterSeconds: nullable(Type.Integer({ minimum: 0 })),
    consecutive: Type.Integer({ minimum: 0 }),
    exhausted: Type.Boolean(),
    platformCode: nullable(
      Type.String({ maxLength: 64, description: 'code and subcode of the platform, as "190/460"' }),
    ),
  },
  { additionalProperties: false },
);

export const Attempt = Type.Object(
  { attemptId: Uuid, trigger: Trigger, requestedBy: nullable(Type.String()) },
  { additionalProperties: false },
);

/** When to renew and inspect: data that an adapter gives and the scheduler follows. Durations in milliseconds. */
export const Policy = Type.Object(
  {
    refreshKind: RefreshKind,
    refreshLeadMs: nullable(Type.Integer({ description: 'renew this long before the access token lapses' })),
    refreshAtLifeFraction: nullable(Type.Number({ description: 'or at this fraction of the life it was given' })),
    refreshMinimumAgeMs: Type.Integer(),
    refreshUnknownAfterMs: Type.Optional(
      Type.Integer({
        description:
          'renew this long after the issue where the platform named no end; absent: a token without end has none',
      }),
    ),
    inspectEveryMs: Type.Integer(),
  },
  { additionalProperties: false },
);

/** One connection as the vault knows it. */
export const GrantConnection = Type.Object(
  {
    connectionId: Uuid,
    accountId: Type.String(),
    kind: Kind,
    activation: Type.Integer(),
    moves: Type.Optional(
      Type.Integer({
        description: 'how often it went from one grant to another; of two grants that list it, the higher has it',
      }),
    ),
    released: Type.Boolean(),
    cutOff: nullable(CutOff),
    tokenExpiresAt: nullable(Instant),
    dataAccessExpiresAt: nullable(Instant),
    deadline: nullable(DeadlineField),
    dependsOnRefresh: Type.Boolean({ description: 'its own token dies with the refreshed one' }),
    grantedScopes: Type.Array(Type.String()),
    missingScopes: Type.Array(Type.String()),
    checkedAt: nullable(Instant),
  },
  { additionalProperties: false },
);

/** The whole state of a grant; every event on the tokens topic carries it. Consumers act on differences. */
export const GrantState = Type.Object(
  {
    grantId: Uuid,
    workspaceId: TenantId,
    platform: PlatformName,
    state: oneOf(['active', 'revoking', 'destroyed'] as const),
    version: Type.Integer({ description: 'grows with every change of the grant' }),
    generation: Type.Integer({ description: 'grows with every new set of tokens' }),
    accessExpiresAt: nullable(Instant),
    refreshExpiresAt: nullable(Instant),
    dataAccessExpiresAt: nullable(Instant),
    issuedAt: nullable(Instant),
    refreshedAt: nullable(Instant),
    cutOff: nullable(CutOff),
    consentAdvice: Type.Boolean({
      description: "the grant's own token is dead while connections live: advise renewed consent",
    }),
    episodeId: nullable(Uuid),
    policy: Policy,
    connections: Type.Array(GrantConnection),
  },
  { additionalProperties: false },
);

/** Who did something: the subject of the person's or service's token, with the workspace a hub admin acted in. */
export const Actor = Type.Object(
  { subject: Type.String(), name: nullable(Type.String()), onBehalfOfWorkspace: Type.Boolean() },
  { additionalProperties: false },
);

/** The whole state of a connection; every event on the connections topic carries it. */
export const ConnectionState = Type.Object(
  {
    connectionId: Uuid,
    workspaceId: TenantId,
    grantId: nullable(Uuid),
    version: Type.Integer(),
    platform: PlatformName,
    kind: Kind,
    accountId: Type.String(),
    displayName: Type.String(),
    username: nullable(Type.String()),
    avatarUrl: nullable(Type.String()),
    status: Status,
    previousStatus: nullable(Status),
    reason: nullable(ReasonCode),
    action: nullable(ActionCode),
    statusSince: Instant,
    episodeId: nullable(Uuid),
    deadline: nullable(DeadlineField),
    missingScopes: Type.Array(Type.String()),
    lastRefreshedAt: nullable(Instant),
    lastCheckedAt: nullable(Instant),
  },
  { additionalProperties: false },
);
