import { Loader, Modal, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { usePageActions } from '../connections/page-actions.tsx';
import { platformLook } from '../connections/platform-looks.tsx';
import { AccountChoice } from './account-choice.tsx';
import { ConnectFailure } from './connect-failure.tsx';
import classes from './connect-return.module.css';
import { guidanceFor } from './guidance.ts';
import { useStartAgain } from './start-connecting.ts';
import { useConnectReturn } from './use-connect-return.ts';

/** What a person meets on the way back from a platform. */
export function ConnectReturnDialog() {
  const { pending, outcome, failure, choice, close } = useConnectReturn();
  const phone = useMediaQuery('(max-width: 48em)');
  const choosing = outcome !== null && outcome.accounts.length > 0 && !failure;
  const title = failure ? guidanceFor(failure.code).title : choosing ? 'Choose accounts' : 'Almost done';
  return (
    <Modal
      opened={pending !== null}
      onClose={close}
      size={540}
      fullScreen={(phone ?? false) && choosing}
      closeOnClickOutside={false}
      title={<span className={classes.title}>{title}</span>}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {failure && pending && <FailedReturn sessionId={pending.sessionId} failure={failure} onClose={close} />}
      {choosing && (
        <AccountChoice
          outcome={outcome}
          choosing={choice.isPending}
          error={choice.error}
          onChoose={(accounts) => choice.mutate(accounts)}
          onClose={close}
        />
      )}
      {!failure && !choosing && (
        <Stack align="center" py="xl" role="status">
          <Loader />
          <Text c="dimmed">
            Finishing the connection{outcome ? ` with ${platformLook(outcome.session.platform).name}` : ''}…
          </Text>
        </Stack>
      )}
    </Modal>
  );
}

function FailedReturn(props: {
  readonly sessionId: string;
  readonly failure: NonNullable<ReturnType<typeof useConnectReturn>['failure']>;
  readonly onClose: () => void;
}) {
  const { sessionId, failure, onClose } = props;
  const { askConnect } = usePageActions();
  const start = useStartAgain(sessionId);
  const again = (rerequest: boolean) =>
    start.mutate(rerequest, {
      onError: () => {
        onClose();
        askConnect();
      },
    });
  return (
    <ConnectFailure failure={failure} again={again} starting={start.isPending || start.isSuccess} onClose={onClose} />
  );
}
