import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { Screen } from '../look/screen.tsx';

/** An address that leads nowhere. */
export function NotFound() {
  return (
    <Screen title="Nothing here" text="This page does not exist, or has moved.">
      <Button component={Link} to="/">
        Connected accounts
      </Button>
    </Screen>
  );
}
