import { describe, expect, it } from '@jest/globals';
import { TOPICS } from '@mooring/contracts';
import { delayLabel, lanesOf } from './consume/lanes.ts';
import { BUS_DEFAULTS, resolveBusSettings } from './settings.ts';
import { planTopics } from './topics.ts';

const settings = { kafkaBrokers: ['127.0.0.1:1'], clientId: 'spec' };

describe('topics and lanes', () => {
  it('names lanes <topic>.<group>.retry.<delay>, one consumer group each', () => {
    const lanes = lanesOf(
      { group: 'gateway', types: ['TokenStored', 'TokenDeadlineReached'] },
      BUS_DEFAULTS.retryDelaysMs,
    );
    expect(lanes.map(({ consumerGroup }) => consumerGroup)).toEqual([
      'gateway',
      'gateway.retry.10s',
      'gateway.retry.1m',
      'gateway.retry.10m',
    ]);
    expect(lanes[1]?.topics).toEqual(['mooring.schedule.v1.gateway.retry.10s', 'mooring.tokens.v1.gateway.retry.10s']);
  });

  it('plans the topic map, and for each group its retry and dead-letter topics', () => {
    const plans = planTopics([{ group: 'vault', types: ['RefreshRequested'] }], settings);
    const names = plans.map(({ name }) => name);
    expect(names.slice(0, Object.keys(TOPICS).length)).toEqual(Object.values(TOPICS).map(({ name }) => name));
    expect(names.slice(Object.keys(TOPICS).length)).toEqual([
      'mooring.commands.v1.vault.retry.10s',
      'mooring.commands.v1.vault.retry.1m',
      'mooring.commands.v1.vault.retry.10m',
      'mooring.commands.v1.vault.dlq',
    ]);
  });

  it('labels delays in the largest whole unit', () => {
    expect([250, 1_500, 90_000, 60_000, 600_000].map(delayLabel)).toEqual(['250ms', '1500ms', '90s', '1m', '10m']);
  });

  it('wants exactly one transport', () => {
    expect(() => resolveBusSettings({ clientId: 'spec' })).toThrow(RangeError);
    expect(() => resolveBusSettings({ ...settings, busDatabaseUrl: 'postgres://x' })).toThrow(RangeError);
  });
});
