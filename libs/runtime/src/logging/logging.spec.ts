import { describe, expect, it } from '@jest/globals';
import { Secret } from '@mooring/contracts';
import { captureLogs } from '../test-tools/log-capture.ts';
import { contextFromHeaders, runInContext } from '../tracing/request-context.ts';
import { createLogger } from './logger.ts';
import { isSensitiveName, redactValue, scrubText } from './redaction.ts';

function logged(write: (logger: ReturnType<typeof createLogger>) => void) {
  const capture = captureLogs();
  write(createLogger({ service: 'test', level: 'trace', destination: capture.destination }));
  return capture;
}

describe('redaction', () => {
  it.each([
    'token',
    'accessToken',
    'refresh_token',
    'client_secret',
    'code',
    'state',
    'Password',
    'set-cookie',
    'Authorization',
    'codeVerifier',
  ])('removes the field %s', (name) => {
    expect(isSensitiveName(name)).toBe(true);
    expect(JSON.stringify(redactValue({ outer: [{ [name]: 'canary' }] }))).not.toContain('canary');
  });

  it.each(['statusCode', 'errorCode', 'tokenized', 'decoded', 'platform', 'statement'])(
    'keeps the field %s',
    (name) => {
      expect(redactValue({ [name]: 'x' })).toEqual({ [name]: 'x' });
    },
  );

  it.each([
    'https://a.test/connect/facebook/callback?code=canary&state=canary',
    'https://a.test/page#access_token=canary',
    'failed with Bearer canarycanary',
    'postgres://user:canary@localhost:5432/db',
    'eyJhbGciOiJub25lIn0.eyJzdWIiOiJjYW5hcnki.canary',
    'answer: access_token=canary&expires_in=5',
    'client_secret=canary',
  ])('scrubs %s', (text) => {
    expect(scrubText(text)).not.toContain('canary');
  });

  it('bounds depth, width and length', () => {
    const deep: Record<string, unknown> = {};
    deep['self'] = deep;
    expect(JSON.stringify(redactValue(deep))).toContain('[too deep]');
    expect(redactValue(Array.from({ length: 500 }, () => 1))).toHaveLength(100);
    expect(scrubText('x'.repeat(100_000))).toHaveLength(8_000);
  });
});

describe('logger', () => {
  it('A6 writes JSON lines that hold no planted canary, wherever it was planted', () => {
    const cause = Object.assign(new Error('cause at https://g.test/x?access_token=canary'), { parameters: ['canary'] });
    const error = Object.assign(new Error('query failed', { cause }), { query: 'canary', code: '23505' });
    const capture = logged((logger) => {
      logger.info({ token: 'canary', nested: { clientSecret: 'canary' }, secret: new Secret('canary') }, 'fields');
      logger.info({
        wrapped: new Secret('canary'),
        bytes: Buffer.from('canary'),
        url: new URL('https://x.test/?a=canary'),
      });
      logger.error({ err: error }, 'redirect to https://x.test/cb?code=canary');
      logger.error(error);
      logger.child({ state: 'canary', part: 'child' }).warn('by %s', 'Bearer canarycanary');
    });
    expect(capture.text()).not.toContain('canary');
    expect(capture.lines()).toHaveLength(5);
    expect(capture.lines()[1]).toMatchObject({ wrapped: '[redacted]', level: 'info', service: 'test' });
    expect(capture.lines()[2]).toMatchObject({ err: { message: 'query failed', errorCode: '23505' } });
    expect(capture.lines()[4]).toMatchObject({ part: 'child', level: 'warn' });
  });

  it('would show a canary that is no secret by name or form: the test above can fail', () => {
    expect(logged((logger) => logger.info({ harmless: 'canary' })).text()).toContain('canary');
  });

  it('adds the ids of the running request', () => {
    const context = contextFromHeaders({
      'x-request-id': 'req-1',
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    });
    const capture = logged((logger) => runInContext(context, () => logger.info('inside')));
    expect(capture.lines()[0]).toMatchObject({ requestId: 'req-1', traceId: '4bf92f3577b34da6a3ce929d0e0e4736' });
  });

  it('takes no request id that could forge a log line', () => {
    expect(contextFromHeaders({ 'x-request-id': 'a\nb' }).requestId).not.toContain('\n');
    expect(contextFromHeaders({ traceparent: '00-00000000000000000000000000000000-00f067aa0ba902b7-01' }).parent).toBe(
      undefined,
    );
  });
});
