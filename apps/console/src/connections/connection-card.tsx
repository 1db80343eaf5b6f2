import { Loader } from '@mantine/core';
import type { Connection } from '../api/model.ts';
import { AccountPicture } from './account-picture.tsx';
import { useActivities } from './activities.tsx';
import classes from './connection-card.module.css';
import { ConnectionMenu } from './connection-menu.tsx';
import { usePageActions } from './page-actions.tsx';
import { shortKindName } from './platform-looks.tsx';
import { PrimaryAction } from './primary-action.tsx';
import { StatusBadge } from './status-badge.tsx';
import { StatusLine } from './status-line.tsx';

const ACTIVITY_WORDS = { check: 'Checking…', refresh: 'Refreshing access…' } as const;

/** One connection in the list. */
export function ConnectionCard({ connection }: { readonly connection: Connection }) {
  const { openDetails } = usePageActions();
  const activity = useActivities().activityOf(connection.id);
  return (
    <article className={classes.card} data-status={connection.status} aria-labelledby={`name-${connection.id}`}>
      <div className={classes.head}>
        <AccountPicture
          name={connection.displayName}
          avatarUrl={connection.avatarUrl}
          platform={connection.platform}
          size={46}
        />
        <div className={classes.who}>
          <h3 className={classes.name} id={`name-${connection.id}`}>
            <button type="button" className={classes.open} onClick={() => openDetails(connection)}>
              {connection.displayName}
            </button>
          </h3>
          <p className={classes.handle}>
            {connection.username && <span className={classes.username}>@{connection.username}</span>}
            <span className={classes.kind}>
              <span aria-hidden="true">{shortKindName(connection)}</span>
              <span className="visually-hidden">{connection.kindName}</span>
            </span>
          </p>
        </div>
        <ConnectionMenu connection={connection} />
      </div>
      <div className={classes.state}>
        <StatusBadge status={connection.status} />
        {activity ? (
          <span className={classes.activity} role="status">
            <Loader size={14} aria-hidden /> {ACTIVITY_WORDS[activity]}
          </span>
        ) : (
          <p className={classes.line}>
            <StatusLine connection={connection} />
          </p>
        )}
      </div>
      <div className={classes.action}>
        <PrimaryAction connection={connection} />
      </div>
    </article>
  );
}
