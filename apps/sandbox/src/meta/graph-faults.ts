import type { Answer } from '../faults/answer.ts';
import type { Fault } from '../faults/fault-box.ts';
import { withBlankTokens } from '../faults/token-body.ts';
import { graphErrorAnswer, type GraphErrorDetails } from './graph-error.ts';

const RATE_LIMITS: Record<number, GraphErrorDetails> = {
  4: { code: 4, status: 403, message: '(#4) Application request limit reached', isTransient: true },
  17: { code: 17, message: '(#17) User request limit reached', isTransient: true },
  32: { code: 32, status: 403, message: '(#32) Page request limit reached' },
  613: { code: 613, message: '(#613) Calls to this api have exceeded the rate limit.' },
  80001: {
    code: 80001,
    message:
      '(#80001) There have been too many calls to this Page account. Wait a bit and try again. For more info, please refer to https://developers.facebook.com/docs/graph-api/overview/rate-limiting.',
  },
};

const TRANSIENT_MESSAGES: Record<number, string> = {
  1: 'An unknown error has occurred.',
  2: 'Service temporarily unavailable',
};

const USAGE_QUIET = { call_count: 3, total_time: 2, total_cputime: 2 };
const USAGE_FULL = { call_count: 100, total_time: 64, total_cputime: 41 };

/** The three usage headers; the business one counts the time to regain access in minutes. */
export function usageHeaders(ownerId: string | undefined, regainMinutes?: number): Record<string, string> {
  const usage = regainMinutes === undefined ? USAGE_QUIET : USAGE_FULL;
  const business = { type: 'pages', ...usage, estimated_time_to_regain_access: regainMinutes ?? 0 };
  return {
    'x-app-usage': JSON.stringify(usage),
    ...(ownerId === undefined
      ? {}
      : {
          'x-page-usage': JSON.stringify(usage),
          'x-business-use-case-usage': JSON.stringify({ [ownerId]: [business] }),
        }),
  };
}

function rateLimited(fault: Fault, ownerId: string | undefined): Answer {
  const code = fault.code ?? 4;
  const details = RATE_LIMITS[code] ?? { code, message: `(#${code}) Rate limit reached` };
  const answer = graphErrorAnswer(details);
  const regainMinutes = Math.ceil((fault.retryAfterSeconds ?? 0) / 60);
  const named = fault.retryAfterSeconds === undefined ? ownerId : (ownerId ?? 'application');
  return {
    ...answer,
    status: fault.status ?? answer.status,
    headers: { ...answer.headers, ...usageHeaders(named, regainMinutes) },
  };
}

function transient(fault: Fault): Answer {
  const code = fault.code ?? 2;
  return graphErrorAnswer({
    code,
    status: fault.status ?? 500,
    message: fault.message ?? TRANSIENT_MESSAGES[code] ?? 'An unexpected error has occurred.',
    isTransient: true,
  });
}

/** What a fault of Graph's own kind makes of the answer; faults of transport leave it as it is. */
export function faultyAnswer(fault: Fault, answer: Answer, ownerId: string | undefined): Answer {
  switch (fault.kind) {
    case 'rate_limit':
      return rateLimited(fault, ownerId);
    case 'transient':
      return transient(fault);
    case 'graph':
      return graphErrorAnswer({
        code: fault.code ?? 1,
        subcode: fault.subcode,
        status: fault.status,
        message: fault.message ?? `(#${fault.code ?? 1}) An error of the sandbox's choice`,
      });
    case 'blank_token':
      return withBlankTokens(answer);
    case 'error_200':
      return { ...transient({ ...fault, status: 200 }), status: 200 };
    default:
      return answer;
  }
}
