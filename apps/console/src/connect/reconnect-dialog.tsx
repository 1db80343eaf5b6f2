import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { ProblemAlert } from '../api/problem-alert.tsx';
import type { Connection } from '../api/model.ts';
import { AccountPicture } from '../connections/account-picture.tsx';
import { platformLook } from '../connections/platform-looks.tsx';
import { useLast } from '../look/use-last.ts';
import classes from './connect-return.module.css';
import { useStartReconnecting } from './start-connecting.ts';

/** Before leaving to reconnect: which account, as whom, and what else it heals. */
export function ReconnectDialog(props: { readonly connection: Connection | null; readonly onClose: () => void }) {
  const { onClose } = props;
  const connection = useLast(props.connection);
  return (
    <Modal
      opened={props.connection !== null}
      onClose={onClose}
      size={480}
      title={<span className={classes.title}>Reconnect</span>}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {connection && <Confirmation key={connection.id} connection={connection} onClose={onClose} />}
    </Modal>
  );
}

function Confirmation({ connection, onClose }: { readonly connection: Connection; readonly onClose: () => void }) {
  const start = useStartReconnecting();
  const { name } = platformLook(connection.consentPlatform);
  return (
    <Stack gap="md">
      <Group wrap="nowrap" gap="md">
        <AccountPicture
          name={connection.displayName}
          avatarUrl={connection.avatarUrl}
          platform={connection.platform}
          size={46}
        />
        <div>
          <Text fw={620}>{connection.displayName}</Text>
          <Text size="sm" c="dimmed">
            {connection.reason?.explanation ?? 'Renews the consent behind this account.'}
          </Text>
        </div>
      </Group>
      <div className={classes.hint}>
        <IconInfoCircle size={18} aria-hidden />
        <span>
          You may be signed in to {name} as someone else. Check that it is a person who manages{' '}
          <strong>{connection.displayName}</strong>.
        </span>
      </div>
      <Text size="sm" c="dimmed">
        Nothing is lost: history and scheduled posts stay. Other accounts of the same consent are restored with it.
      </Text>
      {start.isError && <ProblemAlert error={start.error} />}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={start.isPending || start.isSuccess} onClick={() => start.mutate(connection.id)} data-autofocus>
          Continue at {name}
        </Button>
      </Group>
    </Stack>
  );
}
