import { Button } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import { showToast } from '../live/toasts.tsx';

/** Copies the address that opens this connection's panel. */
export function CopyLink({ connectionId }: { readonly connectionId: string }) {
  return (
    <Button
      variant="default"
      leftSection={<IconLink size={16} aria-hidden />}
      onClick={() => void copy(`${window.location.origin}/?account=${connectionId}`)}
    >
      Copy link
    </Button>
  );
}

async function copy(link: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(link);
    showToast({ text: 'Link copied', tone: 'success' });
  } catch {
    // Browsers give the clipboard to secure pages only; the link can still be read and copied by hand.
    showToast({ text: link, tone: 'info' });
  }
}
