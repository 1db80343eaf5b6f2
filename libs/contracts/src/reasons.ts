/** Why a connection needs reconnecting. L-15 of the product's rules; the last three are Mooring's own findings. */
export const REASONS = [
  'password_changed',
  'security_check',
  'removed_in_settings',
  'permission_removed',
  'role_lost',
  'inactivity',
  'platform_policy',
  'token_lapsed',
  'refresh_failed',
  'account_suspended',
  'unknown',
  'data_access_expired',
  'refresh_answer_lost',
  'key_unavailable',
] as const;
/** One of {@link REASONS}. */
export type Reason = (typeof REASONS)[number];

/** What a person does to mend a connection. */
export const ACTIONS = ['reconnect', 'grant_permissions', 'restore_role', 'open_platform', 'contact_support'] as const;
/** One of {@link ACTIONS}. */
export type Action = (typeof ACTIONS)[number];

/** A reason in plain words. `{Platform}` stands for the platform's display name. */
export interface ReasonText {
  readonly title: string;
  readonly explanation: string;
  readonly action: Action;
}

/** Words and the one mending action for every reason. */
export const REASON_TEXTS: Readonly<Record<Reason, ReasonText>> = {
  password_changed: {
    title: 'Password changed',
    explanation:
      'The {Platform} password of the person who connected this account was changed, which ends every access.',
    action: 'reconnect',
  },
  security_check: {
    title: 'Security check at {Platform}',
    explanation:
      '{Platform} asks the person who connected this account to pass a security check before access goes on.',
    action: 'open_platform',
  },
  removed_in_settings: {
    title: 'Removed at {Platform}',
    explanation: 'Access was removed in the {Platform} settings of the person who connected this account.',
    action: 'reconnect',
  },
  permission_removed: {
    title: 'Permission missing',
    explanation: 'A permission that publishing needs was taken away at {Platform}.',
    action: 'grant_permissions',
  },
  role_lost: {
    title: 'Role lost',
    explanation: 'The person who connected this account no longer has a sufficient role on it at {Platform}.',
    action: 'restore_role',
  },
  inactivity: {
    title: 'Ended by inactivity',
    explanation: '{Platform} ended the access because the account was not used for a long time.',
    action: 'reconnect',
  },
  platform_policy: {
    title: 'Changed rules at {Platform}',
    explanation: '{Platform} ended the access because of its policy or a change of its interface.',
    action: 'reconnect',
  },
  token_lapsed: {
    title: 'Access lapsed',
    explanation: 'The access that {Platform} granted has come to its end.',
    action: 'reconnect',
  },
  refresh_failed: {
    title: 'Renewal failed',
    explanation: 'The access could not be renewed at {Platform} after several attempts.',
    action: 'reconnect',
  },
  account_suspended: {
    title: 'Account suspended or deleted',
    explanation: '{Platform} has suspended or deleted this account.',
    action: 'contact_support',
  },
  unknown: {
    title: 'Access ended',
    explanation: '{Platform} no longer accepts the access and did not say why.',
    action: 'reconnect',
  },
  data_access_expired: {
    title: 'Data access expired',
    explanation: 'The period for which the person allowed access to this data at {Platform} is over.',
    action: 'reconnect',
  },
  refresh_answer_lost: {
    title: 'Renewal answer lost',
    explanation: '{Platform} renewed the access, but its answer never arrived and it grants no second chance.',
    action: 'reconnect',
  },
  key_unavailable: {
    title: 'Stored access unreadable',
    explanation: 'The stored access can no longer be opened. An operator has been told.',
    action: 'reconnect',
  },
};
