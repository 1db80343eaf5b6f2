import { Menu, Text, UnstyledButton } from '@mantine/core';
import { IconSelector } from '@tabler/icons-react';
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
        <Menu.RadioGroup value={workspace.id} onChange={choose}>
          {workspaces.map((entry) => (
            <Menu.RadioItem key={entry.id} value={entry.id} closeMenuOnClick>
              <Text size="sm" fw={550}>
                {entry.name}
              </Text>
              <Text size="xs" c="dimmed">
                {roleName(entry.role)} · <span className={classes.plan}>{entry.plan}</span> plan
              </Text>
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
