import { Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { DiagnosticId } from '../api/problem-alert.tsx';
import { useFocusOnShow } from '../look/use-focus-on-show.ts';
import classes from './connect-return.module.css';
import { guidanceFor } from './guidance.ts';

/** A failure of the connect flow. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly diagnosticId: string | null;
}

/** What went wrong, in the server's words, and the next step. */
export function ConnectFailure(props: {
  readonly failure: Failure;
  readonly again: (rerequest: boolean) => void;
  readonly starting: boolean;
  readonly onClose: () => void;
}) {
  const { failure } = props;
  const guidance = guidanceFor(failure.code);
  const first = useFocusOnShow();
  return (
    <Stack gap="md" role="alert">
      <div className={classes.failure}>
        <span className={classes.failureIcon}>
          <IconAlertTriangle size={22} aria-hidden />
        </span>
        <div>
          <Text fw={600}>{failure.message}</Text>
          <Text size="sm" c="dimmed" mt={4}>
            {guidance.next}
          </Text>
        </div>
      </div>
      <DiagnosticId id={failure.diagnosticId} />
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={props.onClose}>
          Close
        </Button>
        {guidance.again !== 'none' && (
          <Button ref={first} loading={props.starting} onClick={() => props.again(guidance.again === 'rerequest')}>
            Try again
          </Button>
        )}
      </Group>
    </Stack>
  );
}
