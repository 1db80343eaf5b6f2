import type { EventType } from './schemas.ts';

/** One topic: its name, how many partitions, what its key is and which event types it carries. */
export interface TopicDefinition {
  readonly name: string;
  readonly partitions: number;
  readonly key: 'grant id' | 'connection id' | 'workspace id or hub id';
  readonly publishers: readonly ServiceName[];
  readonly consumers: readonly ServiceName[];
  readonly types: readonly EventType[];
}

/** The four services, as they stand in `ce_source` (`/mooring/<service>`). */
export const SERVICES = ['gateway', 'vault', 'scheduler', 'notifications'] as const;
/** One of {@link SERVICES}. */
export type ServiceName = (typeof SERVICES)[number];

const topic = <const T extends TopicDefinition>(definition: T): T => definition;

/** The topic map: the single source of topics. Every event type stands in exactly one of them. */
export const TOPICS = {
  tokens: topic({
    name: 'mooring.tokens.v1',
    partitions: 12,
    key: 'grant id',
    publishers: ['vault'],
    consumers: ['scheduler', 'gateway'],
    types: ['TokenStored', 'TokenRefreshed', 'TokenRefreshFailed', 'TokenInspected', 'TokenRevoked'],
  }),
  commands: topic({
    name: 'mooring.commands.v1',
    partitions: 12,
    key: 'grant id',
    publishers: ['scheduler', 'gateway'],
    consumers: ['vault'],
    types: ['RefreshRequested', 'InspectRequested', 'ReleaseRequested'],
  }),
  schedule: topic({
    name: 'mooring.schedule.v1',
    partitions: 6,
    key: 'grant id',
    publishers: ['scheduler'],
    consumers: ['gateway'],
    types: ['TokenExpiringSoon', 'TokenDeadlineReached'],
  }),
  connections: topic({
    name: 'mooring.connections.v1',
    partitions: 12,
    key: 'connection id',
    publishers: ['gateway'],
    consumers: ['notifications'],
    types: [
      'ConnectionEstablished',
      'ConnectionRefreshed',
      'ConnectionChecked',
      'ConnectionReconnected',
      'ConnectionExpiringSoon',
      'ConnectionExpired',
      'ConnectionRecovered',
      'ConnectionScopesChanged',
      'ConnectionDisconnected',
    ],
  }),
  workspaces: topic({
    name: 'mooring.workspaces.v1',
    partitions: 3,
    key: 'workspace id or hub id',
    publishers: ['gateway'],
    consumers: ['notifications'],
    types: ['WorkspaceChanged', 'MemberChanged', 'MemberRemoved', 'HubAdminChanged'],
  }),
} as const satisfies Record<string, TopicDefinition>;

const topicsByType: ReadonlyMap<string, TopicDefinition> = new Map(
  Object.values(TOPICS).flatMap((definition: TopicDefinition) =>
    definition.types.map((type) => [type, definition] as const),
  ),
);

/** The topic that carries events of this type. Throws RangeError for a type that no topic carries. */
export function topicOfType(type: string): TopicDefinition {
  const definition = topicsByType.get(type);
  if (!definition) throw new RangeError(`no topic carries events of type ${JSON.stringify(type.slice(0, 64))}`);
  return definition;
}

/** True for a type that some topic carries. */
export function isEventType(type: string): type is EventType {
  return topicsByType.has(type);
}
