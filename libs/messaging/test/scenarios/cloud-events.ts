import { expect } from '@jest/globals';
import { validateEventData } from '@mooring/contracts';
import { keysOf, versionOf, workspaceChanged } from '../conformance/events.ts';
import { until } from '../conformance/member.ts';
import type { EventContext } from '../../src/index.ts';
import type { MooringEvent } from '@mooring/contracts';
import type { Scenario } from './scenario.ts';

export const cloudEventsOnTheWire: Scenario = {
  title:
    'A5: what the outbox publishes is a CloudEvent 1.0 in Kafka binary mode with trace context, readable without us',
  async play(stage) {
    const [key = ''] = keysOf(1);
    const event = workspaceChanged(key, 7);
    const group = await stage.group(['WorkspaceChanged']);
    const seen: { event: MooringEvent; context: EventContext }[] = [];
    const handle = (received: MooringEvent, context: EventContext): Promise<void> => {
      if (received.id === event.id) seen.push({ event: received, context });
      return Promise.resolve();
    };
    await stage.member({ group, handlers: { WorkspaceChanged: handle } });
    await stage.relay();
    const dataSource = await stage.dataSource();
    await dataSource.transaction((manager) => stage.outbox().add(manager, event));
    await until(() => seen.length > 0, 20_000, 'the event');
    const record = seen[0]?.context.getRecord();
    expect(record?.key).toBe(key);
    expect(record?.headers).toEqual({
      'content-type': 'application/json',
      ce_specversion: '1.0',
      ce_id: event.id,
      ce_type: 'WorkspaceChanged',
      ce_source: '/mooring/gateway',
      ce_time: event.time,
      ce_subject: key,
      ce_workspaceid: key,
      ce_dataschema: 'urn:mooring:event:WorkspaceChanged',
      traceparent: event.traceparent,
    });
    const data = JSON.parse(record?.value.toString('utf8') ?? '');
    expect(validateEventData('WorkspaceChanged', data)).toEqual(event.data);
    expect(seen[0]?.event).toEqual(event);
    expect(versionOf(event)).toBe(7);
  },
};
