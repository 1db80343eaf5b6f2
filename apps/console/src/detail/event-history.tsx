import { Skeleton, Text } from '@mantine/core';
import { ProblemAlert } from '../api/problem-alert.tsx';
import type { HistoryEntry } from '../api/model.ts';
import { useHistory } from '../connections/queries.ts';
import { usePersonName } from '../identity/person-name.ts';
import { Moment } from '../look/moment.tsx';
import classes from './detail-panel.module.css';

/** What happened to the connection, the newest first. */
export function EventHistory({ connectionId }: { readonly connectionId: string }) {
  const history = useHistory(connectionId);
  return (
    <section aria-labelledby="history">
      <h3 className={classes.section} id="history">
        History
      </h3>
      {history.isPending && <Skeleton height={120} radius={12} />}
      {history.isError && <ProblemAlert error={history.error} retry={() => void history.refetch()} />}
      {history.data?.data.length === 0 && <Text c="dimmed">Nothing has happened yet.</Text>}
      {history.data && (
        <ol className={classes.history}>
          {history.data.data.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
    </section>
  );
}

const TONES: Readonly<Record<string, string>> = {
  ConnectionExpired: 'bad',
  ConnectionExpiringSoon: 'warn',
  ConnectionReconnected: 'good',
  ConnectionRecovered: 'good',
  ConnectionEstablished: 'good',
};

function Entry({ entry }: { readonly entry: HistoryEntry }) {
  const nameOf = usePersonName();
  return (
    <li data-tone={TONES[entry.kind]}>
      <span>{entry.summary}</span>
      <span className={classes.when}>
        <Moment at={entry.occurredAt} />
        {entry.by && ` · ${nameOf(entry.by)}`}
        {entry.onBehalfOfWorkspace && " on the workspace's behalf"}
      </span>
    </li>
  );
}
