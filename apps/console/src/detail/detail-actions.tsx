import { Button, Group, Text } from '@mantine/core';
import { IconHeartbeat, IconPlugConnected, IconRefresh, IconUnlink } from '@tabler/icons-react';
import type { ConnectionDetail } from '../api/model.ts';
import { useActivities } from '../connections/activities.tsx';
import { usePageActions } from '../connections/page-actions.tsx';
import { mayManage, WHO_CAN } from '../workspaces/roles.ts';
import { useWorkspace } from '../workspaces/workspace-provider.tsx';
import { CopyLink } from './copy-link.tsx';

/** What this person may do with the connection now. */
export function DetailActions({ detail }: { readonly detail: ConnectionDetail }) {
  const { abilities } = detail;
  const { workspace } = useWorkspace();
  const { askReconnect, askDisconnect } = usePageActions();
  const { activityOf, start } = useActivities();
  const activity = activityOf(detail.id);
  const urgent = detail.status === 'needs_reconnect' || detail.status === 'expiring_soon';
  return (
    <div>
      <Group gap="sm">
        {abilities.reconnect && (
          <Button
            variant={urgent ? 'filled' : 'default'}
            leftSection={<IconPlugConnected size={16} aria-hidden />}
            onClick={() => askReconnect(detail)}
          >
            Reconnect
          </Button>
        )}
        {abilities.check && (
          <Button
            variant="default"
            leftSection={<IconHeartbeat size={16} aria-hidden />}
            loading={activity === 'check'}
            disabled={activity !== null}
            onClick={() => void start(detail.id, 'check')}
          >
            Check now
          </Button>
        )}
        {abilities.refresh && (
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} aria-hidden />}
            loading={activity === 'refresh'}
            disabled={activity !== null}
            onClick={() => void start(detail.id, 'refresh')}
          >
            Refresh now
          </Button>
        )}
        <CopyLink connectionId={detail.id} />
        {abilities.disconnect && (
          <Button
            variant="subtle"
            color="red"
            style={{ color: 'var(--bad)' }}
            leftSection={<IconUnlink size={16} aria-hidden />}
            onClick={() => askDisconnect(detail)}
          >
            Disconnect
          </Button>
        )}
      </Group>
      {!mayManage(workspace.role) && (
        <Text size="sm" c="dimmed" mt="sm">
          {WHO_CAN}
        </Text>
      )}
    </div>
  );
}
