import { Skeleton } from '@mantine/core';
import classes from './connection-list.module.css';

const CARDS = [1, 2, 3, 4, 5, 6];

/** Cards of the same size as those to come. */
export function ListSkeleton() {
  return (
    <div role="status" aria-label="Loading accounts">
      <div className={classes.cards}>
        {CARDS.map((card) => (
          <Skeleton key={card} height={112} radius={14} />
        ))}
      </div>
    </div>
  );
}
