import type { PlatformFailure } from '@mooring/adapters-core';
import { platformNames } from '@mooring/adapters';
import { MooringError, type Platform, type ProblemCode } from '@mooring/contracts';

/** What a person who is connecting is told about a platform's failure. */
export function connectProblem(platform: Platform, failure: PlatformFailure): MooringError {
  return new MooringError(codeOf(failure), {
    parameters: { Platform: platformNames(platform).name },
    ...(failure.retryAfterMs === null ? {} : { retryAfterSeconds: Math.ceil(failure.retryAfterMs / 1_000) }),
    extensions: { platformCode: failure.platformCode },
    cause: failure,
  });
}

function codeOf(failure: PlatformFailure): ProblemCode {
  switch (failure.class) {
    case 'misconfigured':
      return 'platform_misconfigured';
    case 'permission_missing':
      return 'permissions_declined';
    default:
      return 'platform_unavailable';
  }
}
