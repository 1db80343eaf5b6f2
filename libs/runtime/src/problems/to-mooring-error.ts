import { MooringError, type ProblemCode } from '@mooring/contracts';
import { HttpException } from '@nestjs/common';

/** Codes for what the framework refuses by itself, by HTTP status. */
const CODES_BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: 'malformed_request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'payload_too_large',
  415: 'malformed_request',
  422: 'invalid_request',
  429: 'too_many_requests',
  503: 'temporarily_unavailable',
};

const BODY_PARSER_TYPES: Readonly<Record<string, ProblemCode>> = {
  'entity.too.large': 'payload_too_large',
  'parameters.too.many': 'payload_too_large',
};

/** Turns an error of Express's body parsers into ours; what isn't one stays as it is. */
export function fromBodyParser(error: unknown): unknown {
  if (!(error instanceof Error) || !('type' in error) || !('status' in error)) return error;
  const { type, status } = error;
  if (typeof type !== 'string' || typeof status !== 'number') return error;
  // The parser's message quotes the body.
  return new MooringError(BODY_PARSER_TYPES[type] ?? CODES_BY_STATUS[status] ?? 'malformed_request');
}

/** The error that a caller is told; anything unknown is an `internal_error` that tells nothing. */
export function toMooringError(error: unknown): MooringError {
  if (error instanceof MooringError) return error;
  if (error instanceof HttpException) {
    return new MooringError(CODES_BY_STATUS[error.getStatus()] ?? 'internal_error', { cause: error });
  }
  return new MooringError('internal_error', { cause: error });
}
