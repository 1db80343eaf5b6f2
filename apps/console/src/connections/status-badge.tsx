import type { ConnectionStatus } from '@mooring/contracts';
import { IconAlertCircle, IconCircleCheck, IconClockExclamation, IconPlugConnectedX } from '@tabler/icons-react';
import { STATUS_NAMES } from './status.ts';
import classes from './status-badge.module.css';

const ICONS = {
  connected: IconCircleCheck,
  expiring_soon: IconClockExclamation,
  needs_reconnect: IconAlertCircle,
  disconnected: IconPlugConnectedX,
} as const;

/** A status by icon, word and colour, in this order of weight. */
export function StatusBadge({ status }: { readonly status: ConnectionStatus }) {
  return (
    <span className={classes.badge} data-status={status}>
      <StatusIcon status={status} size={15} />
      {STATUS_NAMES[status]}
    </span>
  );
}

/** The icon of a status. */
export function StatusIcon({ status, size }: { readonly status: ConnectionStatus; readonly size: number }) {
  const Icon = ICONS[status];
  return <Icon size={size} stroke={2} aria-hidden />;
}
