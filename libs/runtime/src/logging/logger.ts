import type { IncomingMessage, ServerResponse } from 'node:http';
import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import type { Options as PinoHttpOptions } from 'pino-http';
import { currentContext } from '../tracing/request-context.ts';
import { notedRefusal } from './refusals.ts';
import { describeError, pathOf, redactValue, scrubText } from './redaction.ts';

/** Where log lines go and how much is logged. */
export interface LoggerSettings {
  readonly service: string;
  readonly level: string;
  /** Standard output by default; tests capture lines here. */
  readonly destination?: DestinationStream;
}

function contextMembers(): object {
  const context = currentContext();
  if (context === undefined) return {};
  return { requestId: context.requestId, traceId: context.trace.traceId, spanId: context.trace.spanId };
}

const SERIALIZERS = {
  err: (error: unknown) => (error instanceof Error ? describeError(error) : redactValue(error)),
  req: (request: IncomingMessage & { originalUrl?: string }) => ({
    method: request.method,
    // Query strings carry codes and states on the way back from a platform.
    path: scrubText(pathOf(request.originalUrl ?? request.url)),
  }),
  res: (response: ServerResponse) => ({ statusCode: response.statusCode }),
};

function loggerOptions(settings: LoggerSettings): LoggerOptions {
  return {
    level: settings.level,
    base: { service: settings.service },
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: contextMembers,
    serializers: SERIALIZERS,
    formatters: {
      level: (label) => ({ level: label }),
      log: (members) => redactValue(members) as Record<string, unknown>,
    },
    hooks: {
      logMethod(parameters, method) {
        const scrubbed = parameters.map((parameter) =>
          typeof parameter === 'string' ? scrubText(parameter) : parameter,
        );
        Reflect.apply(method, this, scrubbed);
      },
    },
  };
}

/** pino formats the bindings of the root alone: those of children are redacted here. Children inherit the method. */
function redactChildren(logger: Logger): Logger {
  const child: unknown = Reflect.get(logger, 'child');
  const redacting = function (this: Logger, bindings: object, options?: object): unknown {
    // `this` is the logger that is asked for a child, itself perhaps a child.
    const own = { ...(redactValue(bindings) as object), requestId: undefined };
    // Every line has the request's ids already; a child that is bound to them would write them twice.
    return Reflect.apply(child as Logger['child'], this, [own, options]);
  };
  return Object.assign(logger, { child: redacting });
}

/**
 * The logger of a process: JSON lines, request and trace ids, secrets redacted by field name and by form. Everything
 * that is logged goes through it.
 */
export function createLogger(settings: LoggerSettings): Logger {
  const logger =
    settings.destination === undefined
      ? pino(loggerOptions(settings))
      : pino(loggerOptions(settings), settings.destination);
  return redactChildren(logger);
}

const STATUS_CLIENT_ERROR = 400;
const STATUS_SERVER_ERROR = 500;

/** A server error, unless it is a problem with a code of its own, such as a platform that doesn't answer. */
function isUnexpected(response: ServerResponse): boolean {
  return (
    response.statusCode === STATUS_SERVER_ERROR ||
    (response.statusCode > STATUS_SERVER_ERROR && !notedRefusal(response))
  );
}

/** One line for every request; of a refused one it tells why, with a stack only where nobody expected the error. */
export function httpLogging(logger: Logger): PinoHttpOptions {
  return {
    logger,
    serializers: SERIALIZERS,
    wrapSerializers: false,
    quietReqLogger: true,
    genReqId: () => currentContext()?.requestId ?? '',
    customAttributeKeys: { reqId: 'requestId' },
    customProps: () => ({}),
    customSuccessMessage: (_request, response) => (notedRefusal(response) ? 'request refused' : 'request answered'),
    customErrorMessage: (_request, response) => (notedRefusal(response) ? 'request refused' : 'request failed'),
    customSuccessObject: (_request, response, members: object) => ({ ...members, ...notedRefusal(response) }),
    customErrorObject(_request, response, _error, members: object) {
      const refusal = notedRefusal(response);
      if (!refusal) return members;
      // The error that comes with it says `failed with status code …`.
      return { ...members, err: undefined, ...refusal };
    },
    customLogLevel: (_request, response, error) => {
      if (error !== undefined || isUnexpected(response)) return 'error';
      return response.statusCode >= STATUS_CLIENT_ERROR ? 'warn' : 'info';
    },
  };
}
