import { Button } from '@mantine/core';
import { IconExternalLink, IconHelpCircle, IconKey, IconPlugConnected, IconShieldCheck } from '@tabler/icons-react';
import type { Connection } from '../api/model.ts';
import { useWorkspace } from '../workspaces/workspace-provider.tsx';
import { usePageActions } from './page-actions.tsx';
import { platformLook } from './platform-looks.tsx';

/** The words on the button, by the action that mends the connection. */
function wording(connection: Connection): { label: string; icon: typeof IconKey } | null {
  const { name } = platformLook(connection.consentPlatform);
  if (connection.status === 'disconnected') return { label: 'Connect again', icon: IconPlugConnected };
  if (connection.status === 'connected') return null;
  switch (connection.action) {
    case 'grant_permissions':
      return { label: 'Grant permissions', icon: IconKey };
    case 'restore_role':
      return { label: 'See what to do', icon: IconShieldCheck };
    case 'open_platform':
      return { label: `Pass the check at ${name}`, icon: IconExternalLink };
    case 'contact_support':
      return { label: 'See what to do', icon: IconHelpCircle };
    default:
      return { label: 'Reconnect', icon: IconPlugConnected };
  }
}

const EXPLAINED_FIRST = ['restore_role', 'open_platform', 'contact_support'];

/** The one action that fits the cause; nothing where all is well or the person may not act. */
export function PrimaryAction({ connection, size }: { readonly connection: Connection; readonly size?: 'sm' | 'md' }) {
  const { canManage } = useWorkspace();
  const { askReconnect, openDetails, askConnect } = usePageActions();
  const words = wording(connection);
  if (!words || !canManage) return null;
  const explained = EXPLAINED_FIRST.includes(connection.action ?? '');
  const act = () => {
    if (connection.status === 'disconnected') askConnect();
    else if (explained) openDetails(connection);
    else askReconnect(connection);
  };
  const Icon = words.icon;
  return (
    <Button
      size={size ?? 'sm'}
      variant={connection.status === 'needs_reconnect' ? 'filled' : 'default'}
      leftSection={<Icon size={16} aria-hidden />}
      onClick={act}
      aria-label={`${words.label}: ${connection.displayName}`}
    >
      {words.label}
    </Button>
  );
}
