import { describe, expect, it } from '@jest/globals';
import { newEvent } from '@mooring/contracts';
import { cloudEventHeaders, decodeEvent, encodeEvent } from './cloud-event.ts';

const event = newEvent({
  type: 'WorkspaceChanged',
  service: 'gateway',
  subject: 'w1',
  workspaceId: 'w1',
  key: 'w1',
  time: new Date('2026-01-02T03:04:05Z'),
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  data: { workspaceId: 'w1', hubId: 'h1', name: 'Wörkspace', plan: 'free', timeZone: 'UTC', version: 3 },
});

describe('CloudEvents in Kafka binary mode', () => {
  it('A5: carries the attributes as ce_ headers, the data as JSON, the key as it is, and trace context', () => {
    const record = encodeEvent(event);
    expect(record).toMatchObject({ topic: 'mooring.workspaces.v1', key: 'w1' });
    expect(record.headers).toEqual({
      'content-type': 'application/json',
      ce_specversion: '1.0',
      ce_id: event.id,
      ce_type: 'WorkspaceChanged',
      ce_source: '/mooring/gateway',
      ce_time: '2026-01-02T03:04:05.000Z',
      ce_subject: 'w1',
      ce_workspaceid: 'w1',
      ce_dataschema: 'urn:mooring:event:WorkspaceChanged',
      traceparent: event.traceparent,
    });
    expect(JSON.parse(record.value.toString('utf8'))).toEqual(event.data);
  });

  it('A5: names extension attributes as CloudEvents allows: lower-case letters and digits', () => {
    const names = Object.keys(cloudEventHeaders(event)).filter((name) => name.startsWith('ce_'));
    for (const name of names) expect(name).toMatch(/^ce_[a-z0-9]{1,20}$/);
  });

  it('reads back what it wrote', () => {
    expect(decodeEvent(encodeEvent(event))).toEqual(event);
  });

  it.each([
    ['undecodable', { headers: {} }],
    ['undecodable', { value: Buffer.from([0xc3, 0x28]) }],
    ['undecodable', { value: Buffer.from('{') }],
    ['undecodable', { headers: { ...cloudEventHeaders(event), ce_id: 'not a uuid' } }],
    ['undecodable', { headers: { ...cloudEventHeaders(event), ce_specversion: '0.3' } }],
    ['unknown_type', { headers: { ...cloudEventHeaders(event), ce_type: 'toString' } }],
    ['invalid_data', { value: Buffer.from('{"version":"three"}') }],
  ])('calls poison by its kind: %s (%#)', (kind, change) => {
    expect(() => decodeEvent({ ...encodeEvent(event), ...change })).toThrow(expect.objectContaining({ kind }));
  });
});
