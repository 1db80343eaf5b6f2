import { Menu, Text, UnstyledButton } from '@mantine/core';
import { IconCheck, IconSelector } from '@tabler/icons-react';
import { roleName } from './roles.ts';
import { useWorkspace } from './workspace-provider.tsx';
import classes from './workspace-switcher.module.css';

/** Names the workspace, and lets people who have several change it. */
export function WorkspaceSwitcher() {
  const { workspace, workspaces, choose } = useWorkspace();
  return (
    <Menu position="bottom-start" width={300}>
      <Menu.Target>
        <UnstyledButton className={classes.target} aria-label={`Workspace ${workspace.name}. Change workspace`}>
          <span className={classes.names}>
            <Text component="span" size="sm" fw={600} truncate>
              {workspace.name}
            </Text>
            <Text component="span" size="xs" c="dimmed" truncate>
              {roleName(workspace.role)}
            </Text>
          </span>
          <IconSelector size={16} aria-hidden className={classes.arrows} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Workspaces</Menu.Label>
        {workspaces.map((entry) => (
          <Menu.Item
            key={entry.id}
            role="menuitemradio"
            aria-checked={entry.id === workspace.id}
            onClick={() => choose(entry.id)}
            rightSection={entry.id === workspace.id ? <IconCheck size={16} aria-hidden /> : null}
          >
            <Text size="sm" fw={550}>
              {entry.name}
            </Text>
            <Text size="xs" c="dimmed">
              {roleName(entry.role)} · {entry.plan[0]?.toUpperCase()}
              {entry.plan.slice(1)} plan
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
