import { dataOf } from '@mooring/client';
import { Button, Group, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import { useApi } from '../api/api.tsx';
import { ProblemAlert } from '../api/problem-alert.tsx';
import type { Connection, Disconnected, DisconnectPreview } from '../api/model.ts';
import { useLast } from '../look/use-last.ts';
import { useWorkspace } from '../workspaces/workspace-provider.tsx';
import classes from './disconnect-dialog.module.css';
import { keys } from './queries.ts';

/** Disconnecting: what it affects, in numbers, and afterwards what came of it at the platform. */
export function DisconnectDialog(props: { readonly connection: Connection | null; readonly onClose: () => void }) {
  const { onClose } = props;
  const connection = useLast(props.connection);
  return (
    <Modal
      opened={props.connection !== null}
      onClose={onClose}
      size={500}
      title={<span className={classes.title}>Disconnect {connection?.displayName}</span>}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {connection && <Steps key={connection.id} connection={connection} onClose={onClose} />}
    </Modal>
  );
}

function Steps({ connection, onClose }: { readonly connection: Connection; readonly onClose: () => void }) {
  const { gateway } = useApi();
  const queries = useQueryClient();
  const { id: workspaceId } = useWorkspace().workspace;
  const path = { params: { path: { connectionId: connection.id } } };
  const preview = useQuery({
    queryKey: ['disconnect-preview', connection.id],
    gcTime: 0,
    staleTime: 0,
    queryFn: ({ signal }) =>
      dataOf(gateway.GET('/v1/connections/{connectionId}/disconnect-preview', { ...path, signal })),
  });
  const disconnect = useMutation({
    mutationFn: () => dataOf(gateway.DELETE('/v1/connections/{connectionId}', path)),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.workspace(workspaceId) }),
  });
  if (disconnect.data) return <Result answer={disconnect.data} onClose={onClose} />;
  return (
    <Stack gap="md">
      {preview.isPending && <Skeleton height={96} radius={12} />}
      {preview.isError && <ProblemAlert error={preview.error} retry={() => void preview.refetch()} />}
      {preview.data && <Consequences preview={preview.data} />}
      {disconnect.isError && <ProblemAlert error={disconnect.error} />}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose} data-autofocus>
          Keep connected
        </Button>
        <Button
          color="red.9"
          disabled={!preview.data}
          loading={disconnect.isPending}
          onClick={() => disconnect.mutate()}
        >
          Disconnect
        </Button>
      </Group>
    </Stack>
  );
}

function Consequences({ preview }: { readonly preview: DisconnectPreview }) {
  const { siblings } = preview;
  return (
    <Stack gap="sm">
      <ul className={classes.consequences}>
        {preview.consequences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {siblings.length > 0 && (
        <Text size="sm" c="dimmed">
          {siblings.length === 1
            ? '1 other account of the same consent keeps working.'
            : `${siblings.length} other accounts of the same consent keep working.`}
        </Text>
      )}
    </Stack>
  );
}

const SETTLED: readonly string[] = ['revoked', 'kept_for_siblings', 'superseded'];

function Result({ answer, onClose }: { readonly answer: Disconnected; readonly onClose: () => void }) {
  const { result, message, manageAccessAt } = answer.revocation;
  const settled = SETTLED.includes(result);
  return (
    <Stack gap="md" role="status">
      <div className={classes.result} data-settled={settled}>
        {settled ? <IconCircleCheck size={22} aria-hidden /> : <IconInfoCircle size={22} aria-hidden />}
        <div>
          <Text fw={600}>{answer.connection.displayName} is disconnected.</Text>
          <Text size="sm">{message}</Text>
          {!settled && (
            <Text size="sm" c="dimmed" mt={4}>
              {manageAccessAt}
            </Text>
          )}
        </div>
      </div>
      <Group justify="flex-end">
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  );
}
