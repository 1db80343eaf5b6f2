import { Modal, Skeleton, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { ProblemAlert } from '../api/problem-alert.tsx';
import type { PlatformList } from '../api/model.ts';
import { usePlatforms } from '../connections/queries.ts';
import classes from './connect-dialog.module.css';
import { PlatformChoice } from './platform-choice.tsx';
import { useStartConnecting } from './start-connecting.ts';

/** Choose a platform; the click leaves for its consent page. */
export function ConnectDialog({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const phone = useMediaQuery('(max-width: 48em)');
  const platforms = usePlatforms(opened);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={560}
      fullScreen={phone ?? false}
      title={<span className={classes.title}>Connect an account</span>}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {platforms.isPending && <WaitingList />}
      {platforms.isError && <ProblemAlert error={platforms.error} retry={() => void platforms.refetch()} />}
      {platforms.data && <Offers list={platforms.data} />}
    </Modal>
  );
}

function Offers({ list }: { readonly list: PlatformList }) {
  const start = useStartConnecting();
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        You agree at the platform itself; Mooring never sees a password.
      </Text>
      {start.isError && <ProblemAlert error={start.error} />}
      <ul className={classes.offers}>
        {list.data.map((offer) => (
          <li key={offer.platform}>
            <PlatformChoice
              offer={offer}
              leaving={(start.isPending || start.isSuccess) && start.variables.offer.platform === offer.platform}
              onChoose={() => start.mutate({ offer })}
            />
          </li>
        ))}
      </ul>
      <Text size="xs" c="dimmed">
        {list.plan.used} of {list.plan.limit} accounts of your plan are in use.
      </Text>
    </Stack>
  );
}

function WaitingList() {
  return (
    <Stack gap="sm" role="status" aria-label="Loading platforms">
      {[1, 2, 3, 4].map((row) => (
        <Skeleton key={row} height={72} radius={12} />
      ))}
    </Stack>
  );
}
