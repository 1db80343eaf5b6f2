import { MooringError } from '@mooring/contracts';
import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Request, Response } from 'express';
import { throwError } from 'rxjs';
import { pathOf } from '../logging/redaction.ts';
import { noteRefusal, refusalMembers } from '../logging/refusals.ts';
import { currentContext } from '../tracing/request-context.ts';
import { allowedMethods } from './allowed-methods.ts';
import { PROBLEM_MEDIA_TYPE, problemDocument } from './problem-document.ts';
import { toMooringError } from './to-mooring-error.ts';

const STATUS_SERVER_ERROR = 500;
const STATUS_UNAUTHORIZED = 401;

/** Answers every error of HTTP as a problem document (RFC 9457). Errors of event handlers pass through unchanged. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #logger = new Logger(ProblemFilter.name);

  constructor(private readonly adapterHost: HttpAdapterHost) {}

  catch(exception: unknown, host: ArgumentsHost): unknown {
    // The transport decides by the original error what is retried and what is set aside.
    if (host.getType() !== 'http') return throwError(() => exception);
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const error = toMooringError(exception);
    this.#log(request, response, refusalMembers(error, exception), error);
    if (response.headersSent) {
      // A stream that breaks in the middle can't become a problem any more.
      response.destroy();
      return undefined;
    }
    this.#answer(error, request, response);
    return undefined;
  }

  /** The request's own line tells of it, where there is one. */
  #log(request: Request, response: Response, members: object, { code, definition }: MooringError): void {
    if ('log' in request && !response.headersSent) {
      noteRefusal(response, members);
      return;
    }
    const line = { msg: 'request refused', ...members };
    if (code === 'internal_error') this.#logger.error(line);
    else if (definition.status >= STATUS_SERVER_ERROR) this.#logger.warn(line);
    else this.#logger.debug(line);
  }

  #answer(error: MooringError, request: Request, response: Response): void {
    const path = pathOf(request.originalUrl);
    const methods =
      error.code === 'not_found' ? allowedMethods(this.adapterHost.httpAdapter.getInstance(), request) : [];
    const told = methods.length > 0 ? new MooringError('method_not_allowed') : error;
    if (methods.length > 0) response.setHeader('Allow', methods.join(', '));
    if (told.definition.status === STATUS_UNAUTHORIZED) response.setHeader('WWW-Authenticate', 'Bearer');
    if (told.retryAfterSeconds !== undefined)
      response.setHeader('Retry-After', String(Math.ceil(told.retryAfterSeconds)));
    response.setHeader('Cache-Control', 'no-store');
    response
      .status(told.definition.status)
      .type(PROBLEM_MEDIA_TYPE)
      .send(JSON.stringify(problemDocument(told, currentContext()?.requestId ?? '', path)));
  }
}
