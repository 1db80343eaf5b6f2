import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { LogoMark } from './logo.tsx';
import classes from './screen.module.css';

/** A page of its own with one message: signed out, not found, could not start. */
export function Screen(props: { readonly title: string; readonly text: ReactNode; readonly children?: ReactNode }) {
  return (
    <main className={classes.screen}>
      <div className={classes.panel}>
        <Stack gap="lg" align="center">
          <LogoMark size={52} />
          <Stack gap={8} align="center">
            <Title order={1} size="h2" ta="center">
              {props.title}
            </Title>
            <Text c="dimmed" ta="center" maw={360}>
              {props.text}
            </Text>
          </Stack>
          {props.children}
        </Stack>
      </div>
    </main>
  );
}
