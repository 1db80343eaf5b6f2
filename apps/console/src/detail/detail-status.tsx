import type { ConnectionDetail } from '../api/model.ts';
import { platformLook } from '../connections/platform-looks.tsx';
import { StatusBadge } from '../connections/status-badge.tsx';
import { Deadline, Moment } from '../look/moment.tsx';
import classes from './detail-panel.module.css';
import { guidanceOf } from './mending.ts';

/** Where the connection stands, why, and what mends it. */
export function DetailStatus({ detail }: { readonly detail: ConnectionDetail }) {
  const { reason, status, deadline } = detail;
  const guidance = guidanceOf(detail.action, platformLook(detail.platform).name, detail.displayName);
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
      {status === 'connected' && !detail.consentAdvised && <p className={classes.words}>Publishing works.</p>}
      {detail.consentAdvised && (
        <p className={classes.words}>
          This account works, but the consent behind it has ended. Reconnect when it suits you.
        </p>
      )}
      {guidance && <p className={classes.words}>{guidance}</p>}
    </section>
  );
}
