import type { Summary } from '../api/model.ts';
import { countOf, FILTERS, type Filter, STATUS_NAMES } from './status.ts';
import { StatusIcon } from './status-badge.tsx';
import classes from './counters.module.css';

/** Counts per status that narrow the list to it. */
export function Counters(props: {
  readonly summary: Summary;
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
}) {
  const shown = FILTERS.filter(
    (filter) => filter === 'all' || filter === props.filter || countOf(filter, props.summary) > 0,
  );
  return (
    <div className={classes.counters} role="group" aria-label="Show by status">
      {shown.map((filter) => (
        <button
          key={filter}
          type="button"
          className={classes.counter}
          data-status={filter}
          aria-pressed={filter === props.filter}
          onClick={() => props.onFilter(filter)}
        >
          {filter !== 'all' && <StatusIcon status={filter} size={16} />}
          <span>{filter === 'all' ? 'All' : STATUS_NAMES[filter]}</span>
          <span className={classes.count}>{countOf(filter, props.summary)}</span>
        </button>
      ))}
    </div>
  );
}
