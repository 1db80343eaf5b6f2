import { ActionIcon, Menu } from '@mantine/core';
import {
  IconDots,
  IconHeartbeat,
  IconLayoutSidebarRight,
  IconPlugConnected,
  IconRefresh,
  IconUnlink,
} from '@tabler/icons-react';
import type { Connection } from '../api/model.ts';
import { useWorkspace } from '../workspaces/workspace-provider.tsx';
import { WHO_CAN } from '../workspaces/roles.ts';
import { useActivities } from './activities.tsx';
import { usePageActions } from './page-actions.tsx';

/** Everything that can be done with a connection. */
export function ConnectionMenu({ connection }: { readonly connection: Connection }) {
  const { canManage } = useWorkspace();
  const { activityOf, start } = useActivities();
  const { openDetails, askReconnect, askDisconnect } = usePageActions();
  const busy = activityOf(connection.id) !== null;
  const gone = connection.status === 'disconnected';
  const act = (activity: 'check' | 'refresh') => () => void start(connection.id, activity);
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={36} aria-label={`More for ${connection.displayName}`}>
          <IconDots size={20} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconLayoutSidebarRight size={16} />} onClick={() => openDetails(connection)}>
          View details
        </Menu.Item>
        {!gone && canManage && (
          <>
            <Menu.Item leftSection={<IconHeartbeat size={16} />} disabled={busy} onClick={act('check')}>
              Check now
            </Menu.Item>
            <Menu.Item leftSection={<IconRefresh size={16} />} disabled={busy} onClick={act('refresh')}>
              Refresh now
            </Menu.Item>
            <Menu.Item leftSection={<IconPlugConnected size={16} />} onClick={() => askReconnect(connection)}>
              Reconnect
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item
              color="red"
              leftSection={<IconUnlink size={16} />}
              onClick={() => askDisconnect(connection)}
              style={{ color: 'var(--bad)' }}
            >
              Disconnect
            </Menu.Item>
          </>
        )}
        {!canManage && <Menu.Label>{WHO_CAN}</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  );
}
