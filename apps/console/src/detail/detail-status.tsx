import type { ConnectionDetail } from '../api/model.ts';
import { StatusBadge } from '../connections/status-badge.tsx';
import { Deadline, Moment } from '../look/moment.tsx';
import classes from './detail-panel.module.css';

/** Ad accounts and pixels are not published through. */
function worksText({ capabilities }: ConnectionDetail): string {
  const publishes = capabilities.length === 0 || capabilities.some(({ capability }) => capability === 'publish');
  return publishes ? 'Publishing works.' : 'The access works.';
}

/** Where the connection stands, why, and what mends it. */
export function DetailStatus({ detail }: { readonly detail: ConnectionDetail }) {
  const { reason, status, deadline, guidance } = detail;
  return (
    <section className={classes.status} data-status={status} aria-label="Status">
      <p className={classes.since}>
        <StatusBadge status={status} />
        <span aria-hidden="true">·</span>
        <Moment at={detail.statusSince} />
      </p>
      {reason && (
        <>
          <p className={classes.reason}>{reason.title}</p>
          <p className={classes.words}>{reason.explanation}</p>
        </>
      )}
      {status === 'expiring_soon' && deadline && (
        <p className={classes.words}>
          Access ends <Deadline at={deadline.at} />. Publishing still works until then.
        </p>
      )}
      {status === 'connected' && !detail.consentAdvised && <p className={classes.words}>{worksText(detail)}</p>}
      {detail.consentAdvised && (
        <p className={classes.words}>
          This account works, but the consent behind it has ended. Reconnect when it suits you.
        </p>
      )}
      {guidance && <p className={classes.words}>{guidance.text}</p>}
    </section>
  );
}
