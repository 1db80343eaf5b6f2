const NEXT_STEPS: Readonly<Record<string, string>> = {
  try_again: '',
  sign_in: 'Sign in again to go on.',
  reconnect: 'Reconnect the account to go on.',
  start_again: 'Start the connection again when you are ready.',
  ask_admin: 'Ask an owner or admin of this workspace.',
  upgrade_plan: 'Upgrade the plan or disconnect an account you no longer need.',
  contact_operator: 'Contact support if it lasts.',
};

/** What a person can do about a problem, as a sentence; empty where the message says it all. */
export function nextStep(action: string): string {
  return NEXT_STEPS[action] ?? '';
}
