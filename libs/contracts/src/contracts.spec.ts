import { inspect } from 'node:util';
import { Parser } from '@asyncapi/parser';
import {
  asyncApiDocument,
  EVENT_SCHEMAS,
  type EventType,
  FAILURE_CLASSES,
  FAILURE_RULES,
  InvalidEventError,
  MooringError,
  PROBLEMS,
  Secret,
  TOPICS,
  topicOfType,
  validateEventData,
} from './index.ts';

describe('the topic map', () => {
  it('carries every event type in exactly one topic', () => {
    const carried = Object.values(TOPICS).flatMap((topic) => [...topic.types] as EventType[]);
    expect([...carried].sort()).toEqual(Object.keys(EVENT_SCHEMAS).sort());
    expect(topicOfType('TokenStored').name).toBe('mooring.tokens.v1');
    expect(() => topicOfType('Nonsense')).toThrow(RangeError);
  });

  it('A5 becomes a valid AsyncAPI document', async () => {
    const { document, diagnostics } = await new Parser().parse(JSON.stringify(asyncApiDocument('1.0.0')));
    expect(diagnostics.filter((each) => Number(each.severity) === 0)).toEqual([]);
    expect(document?.messages().length).toBeGreaterThanOrEqual(Object.keys(EVENT_SCHEMAS).length);
  }, 30_000);
});

describe('event data', () => {
  const memberRemoved = { workspaceId: 'w1', subject: 'olivia', version: 2 };

  it('is checked against the schema of its type, naming the field and not the value', () => {
    expect(validateEventData('MemberRemoved', memberRemoved)).toEqual(memberRemoved);
    expect(() => validateEventData('MemberRemoved', { ...memberRemoved, workspaceId: 'no spaces!' })).toThrow(
      /MemberRemoved: \/workspaceId must match pattern/,
    );
    expect(() => validateEventData('MemberRemoved', { ...memberRemoved, workspaceId: 'no spaces!' })).not.toThrow(
      /no spaces/,
    );
  });

  it('has no room for a field that the schema does not name, so that no token slips in', () => {
    expect(() => validateEventData('MemberRemoved', { ...memberRemoved, accessToken: 'x' })).toThrow(InvalidEventError);
  });
});

describe('Secret', () => {
  it('prints nothing wherever a value is turned into text', () => {
    const secret = new Secret('a-very-secret-token');
    const printed = [
      String(secret),
      JSON.stringify({ secret }),
      inspect({ secret }),
      String(secret),
      inspect(secret, { showHidden: true }),
    ];
    for (const text of printed) expect(text).not.toContain('very-secret');
    expect(secret.reveal()).toBe('a-very-secret-token');
    expect(() => new Secret('  ')).toThrow(RangeError);
  });
});

describe('problems', () => {
  it.each([
    ['security_check_failed', 'Security check failed. Please try connecting again.'],
    ['link_expired', 'The connection link expired.'],
    ['session_changed', 'Your session changed during the connection.'],
    ['permissions_declined', 'You declined the permissions Facebook requested.'],
    ['no_accounts', "Your Facebook account doesn't manage any Pages yet."],
    ['platform_unavailable', 'Facebook is temporarily unavailable.'],
    ['role_not_allowed', "Your role doesn't allow connecting Facebook accounts."],
  ] as const)('L-09 %s says its message word for word', (code, message) => {
    expect(new MooringError(code, { parameters: { Platform: 'Facebook', Pages: 'Pages' } }).message).toBe(message);
  });

  it('has a next step for every code', () => {
    for (const definition of Object.values(PROBLEMS)) expect(definition.action).toBeTruthy();
  });
});

describe('failure rules', () => {
  it('L-13 C01 C03 an outage, a rate limit and a fault of ours never count, never cut off, and alert no people', () => {
    for (const name of ['transient', 'rate_limited', 'misconfigured'] as const) {
      expect(FAILURE_RULES[name]).toMatchObject({ counts: 'never', final: false });
      expect(FAILURE_RULES[name].alert).not.toBe('people');
    }
    expect(Object.keys(FAILURE_RULES).sort()).toEqual([...FAILURE_CLASSES].sort());
  });
});
