import { Avatar, Menu, Text, UnstyledButton } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { ColorSchemeChoices } from '../look/color-scheme-switch.tsx';
import type { Person } from './session.ts';
import { useSession } from './session-provider.tsx';
import classes from './user-menu.module.css';

/** The signed-in person: appearance and sign-out. */
export function UserMenu({ person }: { readonly person: Person }) {
  const { signOut } = useSession();
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <UnstyledButton className={classes.target} aria-label={`Account of ${person.name}`}>
          <Avatar name={person.name} size={34} radius="xl" alt="" classNames={{ placeholder: classes.initials }} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.person}>
          <Text size="sm" fw={600} truncate>
            {person.name}
          </Text>
          {person.email && (
            <Text size="xs" c="dimmed" truncate>
              {person.email}
            </Text>
          )}
        </div>
        <Menu.Divider />
        <Menu.Label>Appearance</Menu.Label>
        <ColorSchemeChoices />
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
