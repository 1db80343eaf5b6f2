import { notifications } from '@mantine/notifications';
import { IconAlertCircle, IconAlertTriangle, IconCheck, IconInfoCircle } from '@tabler/icons-react';
import type { Toast } from './messages.ts';

/** WCAG 2.2.1: long enough to read; the pointer or focus on it stops the clock. */
const TOAST_MS = 8_000;

const LOOKS = {
  success: { color: 'var(--good)', icon: IconCheck, role: 'status' },
  info: { color: 'var(--accent)', icon: IconInfoCircle, role: 'status' },
  warning: { color: 'var(--warn)', icon: IconAlertTriangle, role: 'alert' },
  error: { color: 'var(--bad)', icon: IconAlertCircle, role: 'alert' },
} as const;

/** Shows a toast, once for each id. */
export function showToast(toast: Pick<Toast, 'text' | 'tone'>, id?: string): void {
  const { color, icon: Icon, role } = LOOKS[toast.tone];
  notifications.show({
    ...(id ? { id } : {}),
    message: toast.text,
    icon: <Icon size={20} color={color} aria-hidden />,
    color: 'transparent',
    role,
    autoClose: TOAST_MS,
    withBorder: true,
    radius: 'lg',
    closeButtonProps: { 'aria-label': 'Dismiss' },
    styles: {
      icon: { width: 24, minWidth: 24, marginInlineEnd: 12 },
      description: { color: 'var(--ink)', fontWeight: 500 },
    },
  });
}
