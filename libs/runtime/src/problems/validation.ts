import { type FieldError, MooringError } from '@mooring/contracts';
import { type ValidationError, ValidationPipe } from '@nestjs/common';

const ERRORS_MAX = 50;

function pointerSegment(name: string): string {
  // RFC 6901 §3.
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** class-validator's errors as a flat list with JSON pointers (RFC 6901); at most 50. */
export function toFieldErrors(errors: readonly ValidationError[], parent = ''): FieldError[] {
  return errors
    .flatMap((error) => {
      const pointer = parent + pointerSegment(error.property);
      const own = Object.values(error.constraints ?? {}).map((detail) => ({ pointer, detail }));
      return [...own, ...toFieldErrors(error.children ?? [], pointer)];
    })
    .slice(0, ERRORS_MAX);
}

/** The one pipe for request bodies, queries and parameters: unknown fields are refused, values never quoted. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    forbidUnknownValues: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => new MooringError('invalid_request', { errors: toFieldErrors(errors) }),
  });
}
