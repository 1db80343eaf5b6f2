import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ProblemAlert } from '../api/problem-alert.tsx';
import type { ConnectOutcome, OfferedAccount } from '../api/model.ts';
import { AccountPicture } from '../connections/account-picture.tsx';
import { kindName } from '../connections/platform-looks.tsx';
import { useFocusOnShow } from '../look/use-focus-on-show.ts';
import classes from './connect-return.module.css';
import { identityOf, preselected, selectionText } from './selection.ts';

/** Which of the offered accounts are to be managed. */
export function AccountChoice(props: {
  readonly outcome: ConnectOutcome;
  readonly choosing: boolean;
  readonly error: unknown;
  readonly onChoose: (accounts: OfferedAccount[]) => void;
  readonly onClose: () => void;
}) {
  const { accounts, plan, consentedAs, session } = props.outcome;
  const [chosen, setChosen] = useState(() => preselected(accounts, plan));
  const toggle = (account: OfferedAccount) =>
    setChosen((before) => {
      const after = new Set(before);
      if (!after.delete(identityOf(account))) after.add(identityOf(account));
      return after;
    });
  const first = useFocusOnShow();
  const free = Math.max(0, plan.limit - plan.used);
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {consentedAs ? `${consentedAs} manages these accounts. ` : ''}Choose those this workspace publishes through.
      </Text>
      <ul className={classes.accounts}>
        {accounts.map((account) => (
          <li key={identityOf(account)}>
            <AccountRow
              account={account}
              platform={session.platform}
              checked={chosen.has(identityOf(account))}
              onToggle={() => toggle(account)}
            />
          </li>
        ))}
      </ul>
      {chosen.size > free && (
        <Text size="sm" role="status" style={{ color: 'var(--warn)' }}>
          Your plan has room for {free} more. Untick {chosen.size - free} or upgrade the plan.
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
          disabled={chosen.size === 0 || chosen.size > free}
          onClick={() => props.onChoose(accounts.filter((account) => chosen.has(identityOf(account))))}
        >
          {selectionText(chosen.size)}
        </Button>
      </Group>
    </Stack>
  );
}

function AccountRow(props: {
  readonly account: OfferedAccount;
  readonly platform: string;
  readonly checked: boolean;
  readonly onToggle: () => void;
}) {
  const { account } = props;
  const connected = account.unselectableReason === 'already_connected';
  return (
    <label className={classes.account} data-selectable={account.selectable}>
      <Checkbox
        checked={props.checked || connected}
        disabled={!account.selectable}
        onChange={props.onToggle}
        aria-label={account.displayName}
        aria-describedby={`about-${account.accountId}`}
      />
      <AccountPicture name={account.displayName} avatarUrl={account.avatarUrl} platform={props.platform} size={40} />
      <span className={classes.words}>
        <span className={classes.name}>{account.displayName}</span>
        <span className={classes.about} id={`about-${account.accountId}`}>
          {account.username ? `@${account.username} · ` : ''}
          {kindName(account.kind)}
          {account.unselectableMessage && <span className={classes.why}>{account.unselectableMessage}</span>}
        </span>
      </span>
      {connected && <span className={classes.tag}>Connected</span>}
    </label>
  );
}
