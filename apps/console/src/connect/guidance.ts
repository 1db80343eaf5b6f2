/** How a failed connection is told: the server's message stays word for word, this is what to do next. */
export interface Guidance {
  readonly title: string;
  readonly next: string;
  /** What the dialog's button does. */
  readonly again: 'start' | 'rerequest' | 'none';
}

const START = 'start' as const;

const GUIDANCE: Readonly<Record<string, Guidance>> = {
  security_check_failed: {
    title: 'Not connected',
    next: 'The link was used before or changed on its way. Start afresh from this page; nothing was connected.',
    again: START,
  },
  link_expired: {
    title: 'That took too long',
    next: 'A link works for ten minutes, and the choice of accounts stays open for thirty. Start afresh.',
    again: START,
  },
  session_changed: {
    title: 'Someone else is signed in',
    next: 'The person who begins must also finish. Sign in as that person, or start afresh as yourself.',
    again: START,
  },
  permissions_declined: {
    title: 'Permissions are missing',
    next: 'Try again and leave every permission ticked. Mooring asks only for what publishing needs.',
    again: 'rerequest',
  },
  no_accounts: {
    title: 'Nothing to connect',
    next: 'You may be signed in there as someone else, or need a higher role. Ask whoever administers the account, then try again.',
    again: START,
  },
  platform_unavailable: {
    title: 'The platform is away',
    next: 'This is not your doing. Try again in a few minutes.',
    again: START,
  },
  role_not_allowed: { title: 'Your role is too low', next: 'Ask an owner or admin of this workspace.', again: 'none' },
  plan_limit_reached: {
    title: 'Plan limit reached',
    next: 'Upgrade the plan, or disconnect an account you no longer need. Reconnecting never needs a free place.',
    again: 'none',
  },
  platform_not_on_plan: { title: 'Not on your plan', next: 'Upgrade the plan to connect it.', again: 'none' },
  wrong_account: {
    title: 'That was another account',
    next: 'Switch to the right person at the platform, perhaps in a private window, and reconnect again.',
    again: 'rerequest',
  },
  account_not_usable: {
    title: 'The account cannot be used as it is',
    next: 'Mend what the message names at the platform, then reconnect again.',
    again: START,
  },
  platform_misconfigured: {
    title: 'Not available at the moment',
    next: 'You can do nothing about it; the operator knows. Try again later.',
    again: 'none',
  },
};

const UNKNOWN: Guidance = {
  title: 'Not connected',
  next: 'Start afresh, and contact support if it lasts.',
  again: START,
};

/** Title and next step for an error code of the connect flow. */
export function guidanceFor(code: string): Guidance {
  return GUIDANCE[code] ?? UNKNOWN;
}
