import { Button, MantineProvider } from '@mantine/core';
import { Screen } from '../look/screen.tsx';
import { theme, variables } from '../look/theme.ts';

/** The page could not start: its own server does not answer. */
export function FailedScreen() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <Screen title="Mooring cannot start" text="The service is not answering. Please try again in a moment.">
        <Button onClick={() => window.location.reload()}>Try again</Button>
      </Screen>
    </MantineProvider>
  );
}
