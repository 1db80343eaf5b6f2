import type { Answer } from '../faults/answer.ts';
import { expiredMessage, graphErrorAnswer, sessionMessage } from '../meta/graph-error.ts';
import type { OAuthCall, RefusalDetails, RefusalReason } from '../oauth/index.ts';

/** Envelope of api.instagram.com (meta.md §5.1): no `error` around it, and a code like HTTP's. */
export function tokenHostError(message: string, status = 400): Answer {
  return { status, body: { error_type: 'OAuthException', code: status, error_message: message } };
}

const CODE_MESSAGE = 'Matching code was not found or was already used';

const TOKEN_HOST_MESSAGES: Partial<Record<RefusalReason, string>> = {
  'client-unknown': 'Invalid platform app',
  'client-secret': 'Error validating client secret',
  'grant-type': 'Invalid grant_type',
  'code-redirect':
    'Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request',
  'no-such-path': 'Unsupported request',
};

export function tokenHostRefusal({ reason, name }: RefusalDetails): Answer {
  if (reason === 'parameter-missing' || reason === 'client-missing') {
    return tokenHostError(`Missing required field ${name ?? ''}`);
  }
  return tokenHostError(TOKEN_HOST_MESSAGES[reason] ?? CODE_MESSAGE);
}

/** Graph's envelope as graph.instagram.com writes it: without a subcode. */
export function graphHostError(code: number, message: string, type = 'OAuthException'): Answer {
  return graphErrorAnswer({ code, message, type });
}

export const unsupported = (method: string): Answer =>
  graphHostError(100, `Unsupported request - method type: ${method.toLowerCase()}`, 'IGApiException');

const END_SUBCODES: Record<string, number> = {
  removed: 458,
  deleted: 458,
  'password-changed': 460,
  'revoked-by-app': 466,
};

/** The texts of the subcodes, which this host leaves out. */
export function graphHostRefusal(details: RefusalDetails, call: OAuthCall): Answer {
  const { clock, app } = call.world;
  const invalid = (subcode: number) => graphHostError(190, sessionMessage(subcode, app.clientId));
  switch (details.reason) {
    case 'token-missing':
      return graphHostError(2500, 'An active access token must be used to query information about the current user.');
    case 'token-expired':
      return graphHostError(190, expiredMessage(details.expiredAtMs ?? clock.nowMs(), clock.nowMs()));
    case 'token-ended':
      return invalid(END_SUBCODES[details.end ?? ''] ?? 467);
    case 'account-suspended':
      return invalid(459);
    case 'scope-missing':
      return graphHostError(10, 'Application does not have permission for this action', 'IGApiException');
    case 'client-secret':
      return graphHostError(1, 'Error validating client secret.');
    case 'parameter-missing':
    case 'client-missing':
      return graphHostError(100, `The parameter ${details.name ?? ''} is required`, 'IGApiException');
    case 'token-unknown':
      return graphHostError(190, 'Invalid OAuth access token - Cannot parse access token');
    default:
      return unsupported(call.method);
  }
}
