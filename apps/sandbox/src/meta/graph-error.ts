import { randomBytes } from 'node:crypto';
import type { Answer } from '../faults/answer.ts';

export interface GraphErrorDetails {
  code: number;
  message: string;
  status?: number;
  subcode?: number;
  type?: string;
  isTransient?: boolean;
  userTitle?: string;
  userMessage?: string;
}

/** Thrown when Graph refuses a call; answered in Graph's own envelope. */
export class GraphError extends Error {
  override name = 'GraphError';
  readonly details: GraphErrorDetails;

  constructor(details: GraphErrorDetails) {
    super(details.message);
    this.details = details;
  }
}

const SUBCODE_MESSAGES: Record<number, string> = {
  458: 'The user has not authorized application {app}.',
  459: 'You cannot access the app till you log in to www.facebook.com and follow the instructions given.',
  460: 'The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.',
  461: 'Session does not match current stored session. This may be because the user changed the password since the time the session was created or Facebook has changed the session for security reasons.',
  464: 'Sessions for the user are not allowed because the user is not a confirmed user.',
  466: 'The session was invalidated explicitly using an API call.',
  467: 'The session is invalid because the user logged out.',
  483: 'The user has blocked the app.',
  490: 'The user is enrolled in a blocking, logged-in checkpoint.',
  492: 'The user must be an administrator, editor, or moderator of the page in order to impersonate it. If the page business requires Two Factor Authentication, the user also needs to enable Two Factor Authentication.',
};

function facebookTime(ms: number): string {
  return new Date(ms).toUTCString().replace(' GMT', ' PST');
}

export function sessionMessage(subcode: number, appId: string): string {
  const text = SUBCODE_MESSAGES[subcode] ?? 'The session is invalid.';
  return `Error validating access token: ${text.replace('{app}', appId)}`;
}

export function expiredMessage(expiredAtMs: number, nowMs: number): string {
  return `Error validating access token: Session has expired on ${facebookTime(expiredAtMs)}. The current time is ${facebookTime(nowMs)}.`;
}

export function invalidToken(message: string, subcode?: number): GraphError {
  return new GraphError({ code: 190, message, subcode });
}

export function invalidParameter(message: string, subcode?: number): GraphError {
  return new GraphError({ code: 100, message, subcode });
}

export function missingObject(id: string): GraphError {
  return new GraphError({
    code: 100,
    subcode: 33,
    type: 'GraphMethodException',
    message: `Unsupported get request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`,
  });
}

const CHALLENGES: Record<number, string> = { 100: 'invalid_code', 190: 'invalid_token' };

/** The envelope of Meta's error-handling guide, with the `www-authenticate` header of recorded answers. */
export function graphErrorAnswer(details: GraphErrorDetails): Answer {
  const challenge = CHALLENGES[details.code] ?? 'invalid_request';
  return {
    status: details.status ?? 400,
    headers: {
      'www-authenticate': `OAuth "Facebook Platform" "${challenge}" "${details.message.replace(/"/g, "'")}"`,
    },
    body: {
      error: {
        message: details.message,
        type: details.type ?? 'OAuthException',
        code: details.code,
        ...(details.subcode === undefined ? {} : { error_subcode: details.subcode }),
        ...(details.isTransient === undefined ? {} : { is_transient: details.isTransient }),
        ...(details.userTitle === undefined ? {} : { error_user_title: details.userTitle }),
        ...(details.userMessage === undefined ? {} : { error_user_msg: details.userMessage }),
        fbtrace_id: `A${randomBytes(16).toString('base64url')}`,
      },
    },
  };
}
