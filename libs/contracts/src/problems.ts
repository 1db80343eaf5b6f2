/** What a caller can do about a problem. */
export const PROBLEM_ACTIONS = [
  'try_again',
  'sign_in',
  'reconnect',
  'start_again',
  'ask_admin',
  'upgrade_plan',
  'change_request',
  'contact_operator',
  'none',
] as const;
/** One of {@link PROBLEM_ACTIONS}. */
export type ProblemAction = (typeof PROBLEM_ACTIONS)[number];

/** How one error code is told over HTTP (RFC 9457). */
export interface ProblemDefinition {
  readonly status: number;
  readonly title: string;
  /** The message to people; `{Name}` is filled from the error's parameters. */
  readonly detail: string;
  readonly retryable: boolean;
  readonly action: ProblemAction;
}

const RETRYABLE: ReadonlySet<ProblemAction> = new Set(['try_again']);

function problem(status: number, title: string, detail: string, action: ProblemAction): ProblemDefinition {
  return { status, title, detail, action, retryable: RETRYABLE.has(action) };
}

/** Every error code of the public and internal APIs. The first seven are the connect flow's messages (L-09), word for word. */
export const PROBLEMS = {
  security_check_failed: problem(
    400,
    'Security check failed',
    'Security check failed. Please try connecting again.',
    'start_again',
  ),
  link_expired: problem(410, 'Link expired', 'The connection link expired.', 'start_again'),
  session_changed: problem(403, 'Session changed', 'Your session changed during the connection.', 'start_again'),
  permissions_declined: problem(
    403,
    'Permissions declined',
    'You declined the permissions {Platform} requested.',
    'start_again',
  ),
  no_accounts: problem(
    409,
    'No account to connect',
    "Your {Platform} account doesn't manage any {Pages} yet.",
    'start_again',
  ),
  platform_unavailable: problem(503, 'Platform unavailable', '{Platform} is temporarily unavailable.', 'try_again'),
  role_not_allowed: problem(
    403,
    'Role too low',
    "Your role doesn't allow connecting {Platform} accounts.",
    'ask_admin',
  ),
  plan_limit_reached: problem(
    409,
    'Plan limit reached',
    'Your plan allows {Limit} connected accounts and {Used} are in use.',
    'upgrade_plan',
  ),
  platform_not_on_plan: problem(403, 'Not on your plan', 'Your plan does not include {Platform}.', 'upgrade_plan'),
  wrong_account: problem(
    409,
    'Another account',
    'This connection belongs to {Expected}, but you chose {Actual} at {Platform}.',
    'start_again',
  ),
  platform_misconfigured: problem(
    503,
    'Not available',
    '{Platform} cannot be connected at the moment. The operator of this service has been told.',
    'contact_operator',
  ),
  platform_not_available: problem(
    404,
    'Unknown platform',
    'Accounts of {Platform} cannot be connected here.',
    'change_request',
  ),
  return_url_not_allowed: problem(
    422,
    'Return address not allowed',
    'The return address is not on the list of allowed origins.',
    'change_request',
  ),
  account_not_offered: problem(
    422,
    'Account not offered',
    'The account {Account} was not offered or cannot be chosen.',
    'change_request',
  ),
  account_not_usable: problem(
    409,
    'Account cannot be used',
    '{Account} was found at {Platform}, but it cannot be reconnected. {Reason}',
    'start_again',
  ),
  account_already_connected: problem(
    409,
    'Already connected',
    'The account {Account} is already connected in this workspace, as {Kind}.',
    'none',
  ),
  session_not_ready: problem(
    409,
    'Not ready',
    'The connect session is {State}; this step is not possible now.',
    'start_again',
  ),
  unauthenticated: problem(401, 'Not signed in', 'A valid access token is needed.', 'sign_in'),
  forbidden: problem(403, 'Not allowed', 'You are not allowed to do this.', 'ask_admin'),
  acting_workspace_required: problem(
    403,
    'Choose a workspace',
    'A hub admin acts in a workspace only with the header Mooring-Acting-Workspace.',
    'change_request',
  ),
  scope_missing: problem(403, 'Scope missing', 'The access token lacks the scope {Scope}.', 'contact_operator'),
  not_found: problem(404, 'Not found', 'There is nothing here that you may see.', 'none'),
  method_not_allowed: problem(405, 'Method not allowed', 'This address does not answer that method.', 'change_request'),
  invalid_request: problem(422, 'Invalid request', 'The request has fields that cannot be accepted.', 'change_request'),
  malformed_request: problem(400, 'Malformed request', 'The request body is not valid JSON.', 'change_request'),
  payload_too_large: problem(413, 'Too large', 'The request is larger than allowed.', 'change_request'),
  hub_mismatch: problem(409, 'Other hub', 'A workspace never changes its hub.', 'change_request'),
  connection_not_usable: problem(409, 'Connection not usable', 'The connection cannot be used: {Reason}.', 'reconnect'),
  not_supported: problem(404, 'Not supported', '{Platform} does not offer this.', 'none'),
  connection_disconnected: problem(409, 'Disconnected', 'The connection was disconnected by a person.', 'start_again'),
  grant_not_found: problem(404, 'No such grant', 'The grant does not exist or is gone.', 'none'),
  pending_grant_gone: problem(410, 'Pending grant gone', 'The pending grant is gone.', 'start_again'),
  superseded: problem(409, 'Superseded', 'A newer activation of this connection exists.', 'none'),
  vault_unavailable: problem(503, 'Temporarily unavailable', 'Please try again in a moment.', 'try_again'),
  temporarily_unavailable: problem(503, 'Temporarily unavailable', 'Please try again in a moment.', 'try_again'),
  too_many_requests: problem(429, 'Too many requests', 'Please slow down.', 'try_again'),
  internal_error: problem(500, 'Internal error', 'Something went wrong on our side.', 'try_again'),
} as const satisfies Record<string, ProblemDefinition>;

/** One of the keys of {@link PROBLEMS}. */
export type ProblemCode = keyof typeof PROBLEMS;

/** One field that was not accepted: JSON pointer (RFC 6901) and the reason. */
export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}

/** Optional parts of a {@link MooringError}. */
export interface MooringErrorOptions {
  /** Values for the `{Name}` places of the message; never a secret. */
  readonly parameters?: Readonly<Record<string, string | number>>;
  readonly errors?: readonly FieldError[];
  /** Further members of the problem document, for example `status` and `reason` of a connection. */
  readonly extensions?: Readonly<Record<string, unknown>>;
  /** Seconds after which a retry makes sense; becomes `Retry-After`. */
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

/** Thrown when a request or command can't be carried out for a reason that has a code. One filter turns it into RFC 9457. */
export class MooringError extends Error {
  readonly code: ProblemCode;
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly errors: readonly FieldError[];
  readonly extensions: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ProblemCode, options: MooringErrorOptions = {}) {
    super(fillText(PROBLEMS[code].detail, options.parameters ?? {}), { cause: options.cause });
    this.name = 'MooringError';
    this.code = code;
    this.parameters = options.parameters ?? {};
    this.errors = options.errors ?? [];
    this.extensions = options.extensions ?? {};
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  /** The code's row of {@link PROBLEMS}. */
  get definition(): ProblemDefinition {
    return PROBLEMS[this.code];
  }
}

/** Fills the `{Name}` places of a text; a place without a value stays as it is. */
export function fillText(text: string, parameters: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(parameters[name] ?? place));
}
