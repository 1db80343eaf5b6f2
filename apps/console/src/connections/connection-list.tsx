import type { Connection } from '../api/model.ts';
import { ConnectionCard } from './connection-card.tsx';
import classes from './connection-list.module.css';
import { needsAttention } from './status.ts';

/** The cards, those that need somebody in a group of their own above the rest. */
export function ConnectionList({ connections }: { readonly connections: readonly Connection[] }) {
  const attention = connections.filter(needsAttention);
  const quiet = connections.filter((connection) => !needsAttention(connection));
  return (
    <div className={classes.groups}>
      <Cards title="Needs your attention" connections={attention} titled />
      <Cards title={attention.length > 0 ? 'All good' : 'Accounts'} connections={quiet} titled={attention.length > 0} />
    </div>
  );
}

function Cards(props: {
  readonly title: string;
  readonly connections: readonly Connection[];
  readonly titled: boolean;
}) {
  if (props.connections.length === 0) return null;
  return (
    <section aria-label={props.title}>
      <h2 className={props.titled ? classes.title : 'visually-hidden'}>{props.title}</h2>
      <ul className={classes.cards}>
        {props.connections.map((connection) => (
          <li key={connection.id}>
            <ConnectionCard connection={connection} />
          </li>
        ))}
      </ul>
    </section>
  );
}
