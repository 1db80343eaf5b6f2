import { createGatewayClient, dataOf } from '@mooring/client';
import { Button, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { ApiProvider } from '../api/api.tsx';
import { asProblem } from '../api/problem-alert.tsx';
import type { MyWorkspace } from '../api/model.ts';
import { keys } from '../connections/queries.ts';
import { useSession } from '../identity/session-provider.tsx';
import { LiveProvider } from '../live/live-provider.tsx';
import { Screen } from '../look/screen.tsx';
import classes from './workspace-gate.module.css';
import { rememberedWorkspace, rememberWorkspace } from './remembered-workspace.ts';
import { WorkspaceProvider } from './workspace-provider.tsx';

/** Finds out which workspaces a person has, and shows the page in one of them. */
export function WorkspaceGate({ apiBaseUrl, children }: { readonly apiBaseUrl: string; readonly children: ReactNode }) {
  const { accessToken, signOut } = useSession();
  const gateway = useMemo(() => createGatewayClient({ baseUrl: apiBaseUrl, accessToken }), [apiBaseUrl, accessToken]);
  const me = useQuery({
    queryKey: keys.me,
    staleTime: Infinity,
    queryFn: ({ signal }) => dataOf(gateway.GET('/v1/me', { signal })),
  });
  if (me.isPending) return <Waiting />;
  if (me.isError) {
    const problem = asProblem(me.error);
    return (
      <Screen title={problem.title} text={problem.detail}>
        <Button onClick={() => void me.refetch()} loading={me.isFetching}>
          Try again
        </Button>
      </Screen>
    );
  }
  const [first] = me.data.workspaces;
  if (!first) {
    return (
      <Screen
        title="No workspace yet"
        text="You are signed in, but not a member of a workspace. Ask an owner to add you."
      >
        <Button variant="default" onClick={() => void signOut()}>
          Sign out
        </Button>
      </Screen>
    );
  }
  return (
    <Entered apiBaseUrl={apiBaseUrl} workspaces={me.data.workspaces} first={first}>
      {children}
    </Entered>
  );
}

function Entered(props: {
  readonly apiBaseUrl: string;
  readonly workspaces: readonly MyWorkspace[];
  readonly first: MyWorkspace;
  readonly children: ReactNode;
}) {
  const { accessToken } = useSession();
  const [chosen, setChosen] = useState(rememberedWorkspace);
  const choose = useCallback((id: string) => {
    rememberWorkspace(id);
    setChosen(id);
  }, []);
  const workspace = props.workspaces.find(({ id }) => id === chosen) ?? props.first;
  const acting = workspace.role === 'hub_admin' ? workspace.id : null;
  return (
    <ApiProvider baseUrl={props.apiBaseUrl} accessToken={accessToken} actingWorkspace={acting}>
      <WorkspaceProvider workspace={workspace} workspaces={props.workspaces} choose={choose}>
        <LiveProvider>{props.children}</LiveProvider>
      </WorkspaceProvider>
    </ApiProvider>
  );
}

function Waiting() {
  return (
    <div className={classes.waiting} role="status" aria-label="Loading">
      <Loader />
    </div>
  );
}
