import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret } from '@mooring/contracts';
import { commonSettings } from './shared-settings.ts';
import { defineSettings, SettingsError } from './define-settings.ts';
import { setting } from './fields.ts';
import { settingsTable } from './settings-table.ts';

const definition = defineSettings({
  NAME: setting.string({ doc: 'A name.', default: 'mooring' }),
  POOL: setting.integer({ doc: 'A bound.', default: 5, min: 1, max: 10 }),
  WAIT_MS: setting.durationMs({ doc: 'A time.', required: true }),
  KEY: setting.secret({ doc: 'A key.', required: true }),
  MODE: setting.oneOf(['on', 'off'], { doc: 'A choice | with a bar.', default: 'on' }),
  HOSTS: setting.list({ doc: 'Hosts.' }),
  ADDRESS: setting.url({ doc: 'A URL.' }),
  FLAG: setting.boolean({ doc: 'A flag.', default: false }),
});
const required = { WAIT_MS: '100', KEY: 'canary-key' };

function problemsOf(environment: Record<string, string>): SettingsError {
  try {
    definition.read(environment);
  } catch (error) {
    if (error instanceof SettingsError) return error;
  }
  throw new Error('the settings were accepted');
}

describe('settings', () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'mooring-settings-'));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it('come out typed, with defaults, and an empty variable counts as not set', () => {
    const settings = definition.read({
      ...required,
      HOSTS: 'a:1, b:2,',
      ADDRESS: 'https://x.test/y/',
      FLAG: 'yes',
      NAME: '',
    });
    expect(settings).toMatchObject({ NAME: 'mooring', POOL: 5, WAIT_MS: 100, MODE: 'on', FLAG: true });
    expect(settings.HOSTS).toEqual(['a:1', 'b:2']);
    expect(settings.ADDRESS).toBe('https://x.test/y');
    expect(settings.KEY).toBeInstanceOf(Secret);
    expect(settings.KEY.reveal()).toBe('canary-key');
    expect(JSON.stringify(settings)).not.toContain('canary');
  });

  it('can come from a mounted file each, without its last line end', () => {
    const path = join(directory, 'key');
    writeFileSync(path, 'from-file\n');
    expect(definition.read({ WAIT_MS: '1', KEY_FILE: path }).KEY.reveal()).toBe('from-file');
    expect(problemsOf({ ...required, KEY_FILE: path }).problems).toEqual([
      { key: 'KEY', reason: 'is set twice, as KEY_FILE too' },
    ]);
    expect(problemsOf({ WAIT_MS: '1', KEY_FILE: join(directory, 'absent') }).problems).toEqual([
      { key: 'KEY', reason: 'names a file that cannot be read' },
    ]);
  });

  it('are refused all at once, by key and reason, and never with a value', () => {
    const error = problemsOf({
      POOL: '9999canary',
      WAIT_MS: '-1',
      KEY: '   ',
      MODE: 'canary',
      ADDRESS: 'postgres://u:canary@h/',
      FLAG: 'canary',
    });
    expect(error.problems.map(({ key }) => key)).toEqual(['POOL', 'WAIT_MS', 'KEY', 'MODE', 'ADDRESS', 'FLAG']);
    expect(error.message).toContain('WAIT_MS is less than 0');
    expect(error.message).not.toContain('canary');
    expect(error.message).not.toContain('9999');
  });

  it('are required where they say so', () => {
    expect(problemsOf({}).message).toContain('KEY is required and not set');
    expect(problemsOf({ ...required, POOL: '11' }).message).toContain('POOL is more than 10');
  });

  it('print as an aligned Markdown table', () => {
    const lines = settingsTable(definition).split('\n');
    expect(lines[0]).toMatch(/^\| Setting +\| Meaning +\| Kind +\| Default +\|$/);
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
    expect(settingsTable(definition)).toContain('choice, one of on, off');
    expect(settingsTable(definition)).toContain('A choice \\| with a bar.');
    expect(settingsTable(definition)).toMatch(/`KEY` +\| A key\. +\| secret +\| \*\*required\*\*/);
  });
});

describe('common settings', () => {
  const common = defineSettings(commonSettings);
  const issuers = [{ issuer: 'https://id.test', audience: 'urn:mooring:api', kind: 'people' }];
  const environment = {
    DATABASE_URL: 'postgres://a:b@localhost/x',
    WORKER_DATABASE_URL: 'postgres://a:b@localhost/x',
    TRUSTED_ISSUERS: JSON.stringify(issuers),
  };

  it('read trusted issuers and scopes', () => {
    const settings = common.read({
      ...environment,
      SERVICE_SCOPES: '{"gateway":["vault:internal"],"publisher":{"scopes":["tokens:read"],"workspaces":["ws_1"]}}',
    });
    expect(settings.TRUSTED_ISSUERS).toEqual([{ ...issuers[0], audience: ['urn:mooring:api'] }]);
    expect(settings.SERVICE_SCOPES['gateway']).toEqual({ scopes: ['vault:internal'] });
    expect(settings.SERVICE_SCOPES['publisher']?.workspaces).toEqual(['ws_1']);
    expect(settings.HTTP_HOST).toBe('127.0.0.1');
  });

  it.each([
    ['no JSON', 'TRUSTED_ISSUERS', '{canary', 'is not valid JSON'],
    ['an empty list', 'TRUSTED_ISSUERS', '[]', 'is not a list with at least one issuer'],
    [
      'a foreign kind',
      'TRUSTED_ISSUERS',
      '[{"issuer":"https://a","audience":"b","kind":"canary"}]',
      'entry 1 has a kind',
    ],
    ['no audience', 'TRUSTED_ISSUERS', '[{"issuer":"https://a","kind":"people"}]', 'entry 1 has no audience'],
    ['scopes that are no list', 'SERVICE_SCOPES', '{"canary":7}', 'subject 1 is neither'],
  ])('refuse %s', (_, key, value, reason) => {
    expect(() => common.read({ ...environment, [key]: value })).toThrow(`${key} ${reason}`);
    expect(() => common.read({ ...environment, [key]: value })).not.toThrow(/canary/);
  });
});
