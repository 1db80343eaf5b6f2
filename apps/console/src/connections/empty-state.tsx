import { Button, Stack, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useWorkspace } from '../workspaces/workspace-provider.tsx';
import { PlatformSign } from './account-picture.tsx';
import classes from './empty-state.module.css';
import { usePageActions } from './page-actions.tsx';

const SHOWN = ['facebook', 'instagram', 'linkedin', 'tiktok', 'x'];

/** A workspace without accounts: what they are for, and the one next step for this role. */
export function EmptyState() {
  const { canManage } = useWorkspace();
  const { askConnect } = usePageActions();
  return (
    <div className={classes.panel}>
      <Stack align="center" gap="lg">
        <div className={classes.signs} aria-hidden="true">
          {SHOWN.map((platform) => (
            <PlatformSign key={platform} platform={platform} size={40} />
          ))}
        </div>
        <Stack align="center" gap={6}>
          <Title order={2} size="h3" ta="center">
            No accounts connected yet
          </Title>
          <Text c="dimmed" ta="center" maw={440}>
            {canManage
              ? 'Connect the first one and Mooring keeps its access alive: renewed before it lapses, and you hear at once if the platform cuts it off.'
              : 'Ask an owner or admin of this workspace to connect one. You will see it here as soon as it is.'}
          </Text>
        </Stack>
        {canManage && (
          <Button size="md" leftSection={<IconPlus size={18} aria-hidden />} onClick={askConnect}>
            Connect your first account
          </Button>
        )}
      </Stack>
    </div>
  );
}

/** Nothing left by a filter or a search. */
export function NothingFound({ onReset }: { readonly onReset: () => void }) {
  return (
    <div className={classes.panel} role="status">
      <Stack align="center" gap="sm">
        <Text fw={600}>No account matches</Text>
        <Button variant="default" onClick={onReset}>
          Show all accounts
        </Button>
      </Stack>
    </div>
  );
}
