import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ProblemAlert } from '../api/problem-alert.tsx';
import type { ConnectOutcome, OfferedAccount } from '../api/model.ts';
import { AccountPicture } from '../connections/account-picture.tsx';
import { useFocusOnShow } from '../look/use-focus-on-show.ts';
import classes from './connect-return.module.css';
import { aboutOf, countingFor, identityOf, labelOf, preselected, selectionText } from './selection.ts';

/** Which of the offered accounts are to be managed. */
export function AccountChoice(props: {
  readonly outcome: ConnectOutcome;
  readonly choosing: boolean;
  readonly error: unknown;
  readonly onChoose: (accounts: OfferedAccount[]) => void;
  readonly onClose: () => void;
}) {
  const { accounts, plan, consentedAs, session } = props.outcome;
  const [chosen, setChosen] = useState(() => preselected(accounts, props.outcome));
  const toggle = (account: OfferedAccount) =>
    setChosen((before) => {
      const after = new Set(before);
      if (!after.delete(identityOf(account))) after.add(identityOf(account));
      return after;
    });
  const first = useFocusOnShow();
  const free = Math.max(0, plan.limit - plan.used);
  const counted = countingFor(accounts, chosen);
  const beside = accounts.filter(({ countsForPlan }) => !countsForPlan);
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {consentedAs ? `${consentedAs} manages these accounts. ` : ''}Choose those this workspace publishes through.
      </Text>
      <AccountRows
        accounts={accounts.filter(({ countsForPlan }) => countsForPlan)}
        session={session}
        chosen={chosen}
        onToggle={toggle}
      />
      {beside.length > 0 && (
        <section aria-labelledby="beside-plan">
          <h3 className={classes.group} id="beside-plan">
            These take no place of your plan
          </h3>
          <AccountRows accounts={beside} session={session} chosen={chosen} onToggle={toggle} />
        </section>
      )}
      {counted > free && (
        <Text size="sm" role="status" style={{ color: 'var(--warn)' }}>
          Your plan has room for {free} more. Untick {counted - free} or upgrade the plan.
        </Text>
      )}
      {props.error !== null && <ProblemAlert error={props.error} />}
      <Group justify="flex-end" gap="sm" className={classes.decision}>
        <Button variant="default" onClick={props.onClose}>
          Not now
        </Button>
        <Button
          ref={first}
          loading={props.choosing}
          disabled={chosen.size === 0 || counted > free}
          onClick={() => props.onChoose(accounts.filter((account) => chosen.has(identityOf(account))))}
        >
          {selectionText(chosen.size)}
        </Button>
      </Group>
    </Stack>
  );
}

function AccountRows(props: {
  readonly accounts: readonly OfferedAccount[];
  readonly session: ConnectOutcome['session'];
  readonly chosen: ReadonlySet<string>;
  readonly onToggle: (account: OfferedAccount) => void;
}) {
  return (
    <ul className={classes.accounts}>
      {props.accounts.map((account) => (
        <li key={identityOf(account)}>
          <AccountRow
            account={account}
            session={props.session}
            checked={props.chosen.has(identityOf(account))}
            onToggle={() => props.onToggle(account)}
          />
        </li>
      ))}
    </ul>
  );
}

function AccountRow(props: {
  readonly account: OfferedAccount;
  readonly session: ConnectOutcome['session'];
  readonly checked: boolean;
  readonly onToggle: () => void;
}) {
  const { account, session } = props;
  const label = labelOf(account, session);
  const connected = account.unselectableReason === 'already_connected';
  return (
    <label className={classes.account} data-selectable={account.selectable}>
      <Checkbox
        checked={props.checked || connected}
        disabled={!account.selectable}
        onChange={props.onToggle}
        aria-label={label}
        aria-describedby={`about-${identityOf(account)}`}
      />
      <AccountPicture name={account.displayName} avatarUrl={account.avatarUrl} platform={account.platform} size={40} />
      <span className={classes.words}>
        <span className={classes.name}>{label}</span>
        <span className={classes.about} id={`about-${identityOf(account)}`}>
          {aboutOf(account, session)}
          {account.unselectableMessage && <span className={classes.why}>{account.unselectableMessage}</span>}
        </span>
      </span>
      {connected && <span className={classes.tag}>Connected</span>}
    </label>
  );
}
