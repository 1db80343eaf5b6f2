import { Button, Group, Text } from '@mantine/core';
import { IconHeartbeat, IconPlugConnected, IconRefresh, IconUnlink } from '@tabler/icons-react';
import type { ConnectionDetail } from '../api/model.ts';
import { type Activity, useActivities } from '../connections/activities.tsx';
import { usePageActions } from '../connections/page-actions.tsx';
import { mayManage, WHO_CAN } from '../workspaces/roles.ts';
import { useWorkspace } from '../workspaces/workspace-provider.tsx';
import { CopyLink } from './copy-link.tsx';
import classes from './detail-panel.module.css';

/** What this person may do with the connection now. */
export function DetailActions({ detail }: { readonly detail: ConnectionDetail }) {
  const { abilities } = detail;
  const { workspace } = useWorkspace();
  const { askReconnect, askDisconnect } = usePageActions();
  const urgent = detail.status === 'needs_reconnect' || detail.status === 'expiring_soon';
  return (
    <div>
      <Group gap="sm" className={classes.actions} data-urgent={urgent}>
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
          <AttemptButton connectionId={detail.id} activity="check" icon={IconHeartbeat} label="Check now" />
        )}
        {abilities.refresh && (
          <AttemptButton connectionId={detail.id} activity="refresh" icon={IconRefresh} label="Refresh now" />
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

function AttemptButton(props: {
  readonly connectionId: string;
  readonly activity: Activity;
  readonly icon: typeof IconRefresh;
  readonly label: string;
}) {
  const { activityOf, start } = useActivities();
  const running = activityOf(props.connectionId);
  const Icon = props.icon;
  return (
    <Button
      variant="default"
      leftSection={<Icon size={16} aria-hidden />}
      loading={running === props.activity}
      disabled={running !== null}
      onClick={() => void start(props.connectionId, props.activity)}
    >
      {props.label}
    </Button>
  );
}
