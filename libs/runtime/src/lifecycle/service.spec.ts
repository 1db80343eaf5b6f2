import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MooringError } from '@mooring/contracts';
import { Body, Controller, Get, HttpCode, Module, Param, ParseIntPipe, Post, Req } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsArray, IsInt, IsString, Max, ValidateNested } from 'class-validator';
import type { Request } from 'express';
import type { Caller } from '../auth/caller.ts';
import { Accepts, CurrentCaller, Public, RequiresScope } from '../auth/decorators.ts';
import { Clock } from '../clock-port.ts';
import { OnPort } from '../http/on-port.ts';
import { captureLogs, type LogCapture } from '../test-tools/log-capture.ts';
import { startTestIssuer, type TestIssuer } from '../test-tools/test-issuer.ts';
import { testSettings } from '../test-tools/test-settings.ts';
import type { RunningService } from './service-options.ts';
import { startService } from './start-service.ts';

class Item {
  @IsInt()
  @Max(3)
  'a/b': number;
}

class Things {
  @IsString()
  name: string;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Item)
  items: Item[];
}

@OnPort('public')
@Controller('v1')
class PublicController {
  constructor(private readonly clock: Clock) {}

  @Public()
  @Get('open')
  open() {
    return { at: this.clock.now().toISOString() };
  }

  @Get('closed')
  closed() {
    return {};
  }

  @Accepts('people', 'services')
  @RequiresScope('connections:read')
  @Get('me')
  me(@CurrentCaller() caller: Caller) {
    return caller;
  }

  @Public()
  @Post('things')
  @HttpCode(200)
  things(@Body() body: Things, @Req() request: Request & { rawBody?: Buffer }) {
    return { name: body.name, rawBytes: request.rawBody?.length };
  }

  @Public()
  @Get('fail/:how')
  fail(@Param('how') how: string) {
    if (how === 'limit') {
      throw new MooringError('plan_limit_reached', { parameters: { Limit: 3, Used: 3 }, retryAfterSeconds: 7 });
    }
    throw Object.assign(new Error(`boom canary at https://x.test/?code=canary`), { parameters: ['canary'] });
  }

  @Public()
  @Get('number/:n')
  number(@Param('n', ParseIntPipe) n: number) {
    return { n };
  }
}

@OnPort('internal')
@Controller('internal')
class InternalController {
  @Public()
  @Get('thing')
  thing() {
    return { internal: true };
  }
}

@Module({ controllers: [PublicController, InternalController] })
class TestModule {}

let issuer: TestIssuer;
let service: RunningService;
let logs: LogCapture;
let url: string;

const listen = [
  { name: 'public', host: '127.0.0.1', port: 0 },
  { name: 'internal', host: '127.0.0.1', port: 0 },
];

beforeAll(async () => {
  issuer = await startTestIssuer();
  logs = captureLogs();
  service = await startService({
    name: 'test',
    settings: testSettings(issuer.trusted(), {
      LOG_LEVEL: 'debug',
      SERVICE_SCOPES: { reader: { scopes: ['connections:read'] } },
    }),
    module: () => TestModule,
    listen,
    http: { rawBody: true, bodyBytesMax: 1_000 },
    logDestination: logs.destination,
  });
  url = `http://127.0.0.1:${service.ports['public']}`;
});
afterAll(async () => {
  await service.stop();
  await issuer.stop();
});

async function call(path: string, init: RequestInit = {}) {
  const response = await fetch(url + path, init);
  return { response, status: response.status, body: (await response.json()) as Record<string, unknown> };
}
const withToken = async (token: Promise<string>) => ({ headers: { authorization: `Bearer ${await token}` } });
const postJson = (body: string): RequestInit => ({
  method: 'POST',
  body,
  headers: { 'content-type': 'application/json' },
});

describe('ports', () => {
  it('serve each controller on its own port and nowhere else', async () => {
    expect((await call('/v1/open')).status).toBe(200);
    expect((await call('/internal/thing')).status).toBe(404);
    const internal = `http://127.0.0.1:${service.ports['internal']}`;
    expect(await (await fetch(`${internal}/internal/thing`)).json()).toEqual({ internal: true });
    const hidden = await fetch(`${internal}/v1/open`);
    const absent = await fetch(`${internal}/v1/absent`);
    const bodies = (await Promise.all([hidden.json(), absent.json()])) as Record<string, unknown>[];
    const [left, right] = bodies.map((body) => ({ ...body, instance: '', requestId: '' }));
    expect(left).toEqual(right);
    expect((await fetch(`${internal}/v1/open`, { method: 'PUT' })).status).toBe(404);
  });

  it('refuse to start with a controller that is on no port', async () => {
    @Controller('lost')
    class LostController {
      @Get()
      get() {
        return {};
      }
    }
    @Module({ controllers: [LostController] })
    class LostModule {}
    const settings = testSettings(issuer.trusted(), { LOG_LEVEL: 'silent' });
    await expect(startService({ name: 'lost', settings, module: () => LostModule, listen })).rejects.toThrow(
      'LostController needs @OnPort',
    );
  });
});

describe('callers', () => {
  it('are let in only where a route accepts their kind; without a word a route is closed', async () => {
    expect(await call('/v1/me')).toMatchObject({ status: 401, body: { code: 'unauthenticated', action: 'sign_in' } });
    const person = await withToken(issuer.person('ada', { name: 'Ada' }));
    expect(await call('/v1/me', person)).toMatchObject({ status: 200, body: { subject: 'ada', kind: 'people' } });
    expect(await call('/v1/closed', person)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  it('need the scope where they are services', async () => {
    expect((await call('/v1/me', await withToken(issuer.service('reader')))).status).toBe(200);
    expect(await call('/v1/me', await withToken(issuer.service('other')))).toMatchObject({
      status: 403,
      body: { code: 'scope_missing', detail: 'The access token lacks the scope connections:read.' },
    });
  });

  it('say in which workspace they act by a header', async () => {
    const headers = { ...(await withToken(issuer.person('ada'))).headers, 'Mooring-Acting-Workspace': 'ws_1' };
    expect((await call('/v1/me', { headers })).body).toMatchObject({ actingWorkspace: 'ws_1' });
    headers['Mooring-Acting-Workspace'] = 'ws 1;';
    expect((await call('/v1/me', { headers })).status).toBe(422);
  });
});

describe('problems', () => {
  it('are application/problem+json with the members of RFC 9457 and ours', async () => {
    const { response, body } = await call('/v1/fail/limit?code=canary', { headers: { 'x-request-id': 'req-7' } });
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(response.headers.get('retry-after')).toBe('7');
    expect(response.headers.get('x-request-id')).toBe('req-7');
    expect(body).toEqual({
      type: 'urn:mooring:problem:plan_limit_reached',
      title: 'Plan limit reached',
      status: 409,
      detail: 'Your plan allows 3 connected accounts and 3 are in use.',
      instance: '/v1/fail/limit',
      code: 'plan_limit_reached',
      requestId: 'req-7',
      retryable: false,
      action: 'upgrade_plan',
      parameters: { Limit: 3, Used: 3 },
    });
  });

  it('tell nothing of an unknown error but the request id, and log it scrubbed', async () => {
    const { body } = await call('/v1/fail/unknown');
    expect(body).toMatchObject({
      status: 500,
      code: 'internal_error',
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(JSON.stringify(body)).not.toContain('boom');
    const line = logs.lines().find(({ problemCode, level }) => problemCode === 'internal_error' && level === 'error');
    expect(line).toMatchObject({ requestId: body['requestId'], err: { message: expect.stringContaining('boom') } });
    expect(logs.lines().filter(({ requestId }) => requestId === body['requestId'])).toHaveLength(1);
  });

  it('name the fields that were not accepted by JSON pointer, and quote no value', async () => {
    const { status, body } = await call('/v1/things', postJson('{"items":[{"a/b":"canary"}],"extra":"canary"}'));
    expect(status).toBe(422);
    const pointers = (body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer);
    expect(new Set(pointers)).toEqual(new Set(['/name', '/extra', '/items/0/a~1b']));
    expect(JSON.stringify(body)).not.toContain('canary');
  });

  it.each<[string, { status: number; code: string }, string, RequestInit]>([
    ['malformed JSON', { status: 400, code: 'malformed_request' }, '/v1/things', postJson('{"canary')],
    [
      'a body that is too large',
      { status: 413, code: 'payload_too_large' },
      '/v1/things',
      postJson(`"${'x'.repeat(2_000)}"`),
    ],
    ['an unknown address', { status: 404, code: 'not_found' }, '/v1/absent', {}],
    ['a parameter of the wrong type', { status: 400, code: 'malformed_request' }, '/v1/number/x', {}],
    ['a path that is not decodable', { status: 400, code: 'malformed_request' }, '/v1/number/%E0%A4', {}],
  ])('answer %s', async (_, expected, path, init) => {
    const answer = await call(path, init);
    expect(answer).toMatchObject({ status: expected.status, body: expected });
    expect(JSON.stringify(answer.body)).not.toContain('canary');
  });

  it('keep the raw bytes of a body for signatures', async () => {
    const text = '{ "name": "n", "items": [] }';
    expect((await call('/v1/things', postJson(text))).body).toEqual({ name: 'n', rawBytes: text.length });
  });
});

describe('HTTP', () => {
  it('has secure headers and does not name its framework', async () => {
    const { response } = await call('/v1/open');
    expect(response.headers.get('x-powered-by')).toBe(null);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('strict-transport-security')).toContain('max-age');
  });

  it('A6 logs one line a request, with ids and the path, and no query string', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    await call('/v1/open?code=canary&state=canary', { headers: { traceparent, cookie: 'canary=canary' } });
    const line = logs
      .lines()
      .filter(({ msg }) => msg === 'request answered')
      .at(-1);
    expect(line).toMatchObject({
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      req: { method: 'GET', path: '/v1/open' },
      res: { statusCode: 200 },
    });
    const withoutPlanted = logs.lines().filter(({ msg }) => msg === 'request answered');
    expect(JSON.stringify(withoutPlanted)).not.toContain('canary');
  });

  it('logs one line of a refused request: its code, and no stack of what was expected', async () => {
    await call('/v1/fail/limit', { headers: { 'x-request-id': 'req-refused' } });
    const lines = logs.lines().filter(({ requestId }) => requestId === 'req-refused');
    expect(lines).toMatchObject([
      { level: 'warn', msg: 'request refused', problemCode: 'plan_limit_reached', res: { statusCode: 409 } },
    ]);
    expect(lines[0]).not.toHaveProperty('err');
  });

  it('names the request once in a line', async () => {
    await call('/v1/open', { headers: { 'x-request-id': 'req-once' } });
    const [line] = logs
      .text()
      .split('\n')
      .filter((text) => text.includes('"req-once"'));
    expect(line?.match(/"requestId"/g)).toHaveLength(1);
  });

  it('leaves what Nest tells of its boot to the level debug', () => {
    const boot = logs.lines().filter(({ context }) => context === 'InstanceLoader' || context === 'RouterExplorer');
    expect(new Set(boot.map(({ level }) => level))).toEqual(new Set(['debug']));
    expect(logs.lines().some(({ msg }) => msg === 'started')).toBe(true);
  });

  it('measures by route pattern', async () => {
    const text = await (await fetch(`http://127.0.0.1:${service.operationsPort}/metrics`)).text();
    expect(text).toMatch(/mooring_http_request_duration_seconds_count\{[^}]*route="\/v1\/fail\/:how"/);
  });
});
