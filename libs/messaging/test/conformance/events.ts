import { randomUUID } from 'node:crypto';
import { type EventData, type MooringEvent, newEvent } from '@mooring/contracts';

/** The version in the data of an event of these suites. */
export const versionOf = (event: MooringEvent): number => (event.data as EventData<'WorkspaceChanged'>).version;

/** An event of type WorkspaceChanged with a growing version. */
export function workspaceChanged(key: string, version: number): MooringEvent<'WorkspaceChanged'> {
  return newEvent({
    type: 'WorkspaceChanged',
    service: 'gateway',
    subject: key,
    workspaceId: key,
    key,
    time: new Date(),
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    data: { workspaceId: key, hubId: 'hub', name: key, plan: 'free', timeZone: 'UTC', version },
  });
}

/** An event of type MemberRemoved, on the same topic. */
export function memberRemoved(key: string, version: number): MooringEvent<'MemberRemoved'> {
  const data = { workspaceId: key, subject: 'someone', version };
  const about = { subject: key, workspaceId: key, key, time: new Date() };
  return newEvent({ type: 'MemberRemoved', service: 'gateway', ...about, data });
}

/** Keys of one scenario: others share the topics and must not be mistaken for its own. */
export function keysOf(count: number): string[] {
  const prefix = randomUUID().slice(0, 8);
  return Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
}
