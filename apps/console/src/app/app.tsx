import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { useMemo } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { SessionProvider, useSession } from '../identity/session-provider.tsx';
import { SignedOutScreen } from '../identity/signed-out-screen.tsx';
import { theme, variables } from '../look/theme.ts';
import { WorkspaceGate } from '../workspaces/workspace-gate.tsx';
import type { Boot } from './boot.ts';
import { ConnectedAccounts } from './connected-accounts.tsx';
import { NotFound } from './not-found.tsx';
import { queryClient } from './query-client.ts';
import { Shell } from './shell.tsx';

/** The console. */
export function App({ boot }: { readonly boot: Boot }) {
  const queries = useMemo(() => queryClient(() => void boot.session.end()), [boot.session]);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <Notifications position="bottom-right" limit={4} zIndex={400} />
      <QueryClientProvider client={queries}>
        <SessionProvider session={boot.session} person={boot.person}>
          <BrowserRouter>
            <Pages apiBaseUrl={boot.configuration.apiBaseUrl} />
          </BrowserRouter>
        </SessionProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}

function Pages({ apiBaseUrl }: { readonly apiBaseUrl: string }) {
  const { person } = useSession();
  if (!person) return <SignedOutScreen />;
  return (
    <WorkspaceGate apiBaseUrl={apiBaseUrl}>
      <Shell person={person}>
        <Routes>
          <Route path="/" element={<ConnectedAccounts />} />
          <Route path="*" element={<NotFound />} />
        </Routes>
      </Shell>
    </WorkspaceGate>
  );
}
