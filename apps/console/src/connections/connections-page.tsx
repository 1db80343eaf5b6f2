import { Button, TextInput } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { ProblemAlert } from '../api/problem-alert.tsx';
import type { Connection } from '../api/model.ts';
import { useWorkspace } from '../workspaces/workspace-provider.tsx';
import { WHO_CAN } from '../workspaces/roles.ts';
import { ConnectionList } from './connection-list.tsx';
import classes from './connections-page.module.css';
import { Counters } from './counters.tsx';
import { EmptyState, NothingFound } from './empty-state.tsx';
import { ListSkeleton } from './list-skeleton.tsx';
import { usePageActions } from './page-actions.tsx';
import { useConnections, useSummary } from './queries.ts';
import { filterOf, shown } from './status.ts';

/** The Connected Accounts page. */
export function ConnectionsPage() {
  const connections = useConnections();
  const { canManage } = useWorkspace();
  const { askConnect } = usePageActions();
  const empty = connections.data?.length === 0;
  return (
    <main className={classes.page} id="main">
      <header className={classes.header}>
        <div>
          <h1 className={classes.title}>Connected accounts</h1>
          <p className={classes.subtitle}>
            {canManage
              ? 'The accounts this workspace publishes through.'
              : `You can look at everything here. ${WHO_CAN}`}
          </p>
        </div>
        {canManage && !empty && (
          <Button className={classes.connect} leftSection={<IconPlus size={18} aria-hidden />} onClick={askConnect}>
            Connect account
          </Button>
        )}
      </header>
      {connections.isPending && <ListSkeleton />}
      {connections.isError && !connections.data && (
        <ProblemAlert
          title="The accounts cannot be shown"
          error={connections.error}
          retry={() => void connections.refetch()}
        />
      )}
      {connections.data && (empty ? <EmptyState /> : <Narrowed connections={connections.data} />)}
    </main>
  );
}

function Narrowed({ connections }: { readonly connections: readonly Connection[] }) {
  const summary = useSummary();
  const [parameters, setParameters] = useSearchParams();
  const [search, setSearch] = useState('');
  const filter = filterOf(parameters.get('status'));
  const choose = (next: string) =>
    setParameters(
      (before) => {
        const after = new URLSearchParams(before);
        if (next === 'all') after.delete('status');
        else after.set('status', next);
        return after;
      },
      { replace: true },
    );
  const found = shown(connections, filter, search);
  return (
    <>
      <div className={classes.tools}>
        {summary.data && <Counters summary={summary.data} filter={filter} onFilter={choose} />}
        <TextInput
          className={classes.search}
          type="search"
          radius="xl"
          aria-label="Search accounts"
          placeholder="Search accounts"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      </div>
      {found.length > 0 ? (
        <ConnectionList connections={found} />
      ) : (
        <NothingFound
          onReset={() => {
            setSearch('');
            choose('all');
          }}
        />
      )}
    </>
  );
}
