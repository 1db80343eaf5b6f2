import { expect } from '@jest/globals';
import type { MooringEvent } from '@mooring/contracts';
import { type BusRecord, encodeEvent, PermanentError } from '../../src/index.ts';
import { keysOf, versionOf, workspaceChanged } from '../conformance/events.ts';
import { until } from '../conformance/member.ts';
import type { Scenario } from './scenario.ts';

export const poison: Scenario = {
  title:
    'poison: undecodable bytes, an unknown type, invalid data and a permanent error become dead letters, unchanged, while everything else goes on',
  async play(stage) {
    const [bytesKey = '', typeKey = '', dataKey = '', permanentKey = '', healthyKey = ''] = keysOf(5);
    const keys = [bytesKey, typeKey, dataKey, permanentKey, healthyKey];
    const group = await stage.group(['WorkspaceChanged']);
    const handled: MooringEvent[] = [];
    const handle = (event: MooringEvent): Promise<void> => {
      if (event.key === permanentKey && versionOf(event) === 1) throw new PermanentError('no such thing');
      if (keys.includes(event.key)) handled.push(event);
      return Promise.resolve();
    };
    await stage.member({ group, handlers: { WorkspaceChanged: handle } });
    const [bytes, type, data] = [bytesKey, typeKey, dataKey].map((key) => encodeEvent(workspaceChanged(key, 1)));
    if (!bytes || !type || !data) throw new Error('no records');
    const bad: BusRecord[] = [
      { ...bytes, value: Buffer.from([0xff, 0x00, 0x7b, 0xc3]) },
      { ...type, headers: { ...type.headers, ce_type: 'NeverHeardOf' } },
      { ...data, value: Buffer.from('{"workspaceId":"only"}') },
    ];
    const producer = stage.producer();
    await producer.send([...bad, encodeEvent(workspaceChanged(permanentKey, 1))]);
    await producer.send(keys.map((key) => encodeEvent(workspaceChanged(key, 2))));
    await until(() => handled.length >= keys.length, 20_000, 'the next event of every key');
    expect(handled.map(({ key }) => key).sort()).toEqual([...keys].sort());

    const letters = stage.deadLetters();
    const mine = async () => (await letters.list({ group })).filter(({ key }) => keys.includes(key ?? ''));
    await until(async () => (await mine()).length >= 4, 10_000, 'four dead letters');
    const classes = new Map((await mine()).map(({ key, errorClass }) => [key, errorClass]));
    expect(classes).toEqual(
      new Map([
        [bytesKey, 'undecodable'],
        [typeKey, 'unknown_type'],
        [dataKey, 'invalid_data'],
        [permanentKey, 'PermanentError'],
      ]),
    );
    for (const letter of await mine()) {
      const sent = bad.find(({ key }) => key === letter.key);
      if (!sent) continue;
      const detail = await letters.inspect(letter.id);
      expect(detail?.value.equals(sent.value)).toBe(true);
      expect(detail?.headers).toMatchObject(sent.headers);
    }
  },
};
