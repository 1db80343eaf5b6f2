import type { ConnectOutcome, OfferedAccount } from '../api/model.ts';

/** What tells offered accounts apart: the same id may stand for accounts of two kinds. */
export function identityOf(account: Pick<OfferedAccount, 'accountId' | 'kind'>): string {
  return `${account.kind}:${account.accountId}`;
}

/**
 * Every account that may be chosen of the platform that the person went to is ticked, as far as the plan has room. What its
 * consent leads to beside that, Instagram accounts behind Pages and ad accounts, is left to the person.
 */
export function preselected(
  accounts: readonly OfferedAccount[],
  { plan, session }: Pick<ConnectOutcome, 'plan' | 'session'>,
): ReadonlySet<string> {
  const free = Math.max(0, plan.limit - plan.used);
  const selectable = accounts.filter(
    (account) => account.selectable && account.countsForPlan && account.platform === session.platform,
  );
  return new Set(selectable.slice(0, free).map(identityOf));
}

/** An account's name in the list. One of another platform goes by its handle: it often bears its Page's name. */
export function labelOf(account: OfferedAccount, session: Pick<ConnectOutcome['session'], 'platform'>): string {
  const isElsewhere = account.platform !== session.platform;
  return isElsewhere && account.username ? `@${account.username}` : account.displayName;
}

/** What stands under it. */
export function aboutOf(account: OfferedAccount, session: Pick<ConnectOutcome['session'], 'platform'>): string {
  const isByHandle = labelOf(account, session) !== account.displayName;
  const other = isByHandle ? account.displayName : account.username && `@${account.username}`;
  return other ? `${other} · ${account.kindName}` : account.kindName;
}

/** How many of the chosen ones take a place of the plan. */
export function countingFor(accounts: readonly OfferedAccount[], chosen: ReadonlySet<string>): number {
  return accounts.filter((account) => account.countsForPlan && chosen.has(identityOf(account))).length;
}

/** The words on the button. */
export function selectionText(count: number): string {
  if (count === 0) return 'Connect';
  return count === 1 ? 'Connect 1 account' : `Connect ${count} accounts`;
}

/** What was connected or healed, in a sentence. */
export function outcomeText(outcome: Pick<ConnectOutcome, 'session' | 'connections'>): string {
  const { purpose, connectionId } = outcome.session;
  const names = (list: ConnectOutcome['connections']) => new Intl.ListFormat('en').format(list.map(nameAmong(list)));
  if (purpose === 'connect') {
    return outcome.connections.length === 1
      ? `${names(outcome.connections)} is connected.`
      : `${names(outcome.connections)} are connected.`;
  }
  const asked = outcome.connections.filter((connection) => connection.id === connectionId);
  const siblings = outcome.connections.filter((connection) => connection.id !== connectionId);
  const first = `${names(asked) || 'The account'} is connected again.`;
  return siblings.length > 0 ? `${first} This also restored ${names(siblings)}.` : first;
}

/** A Page and the Instagram account behind it often bear one name: then each says what it is. */
function nameAmong(list: ConnectOutcome['connections']): (connection: ConnectOutcome['connections'][number]) => string {
  return ({ displayName, kindName }) => {
    const isShared = list.filter((other) => other.displayName === displayName).length > 1;
    return isShared ? `${displayName} – ${kindName}` : displayName;
  };
}
