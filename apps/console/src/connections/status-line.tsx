import type { Connection } from '../api/model.ts';
import { Deadline, Moment } from '../look/moment.tsx';
import { platformLook } from './platform-looks.tsx';

/** The one line under a name that says where a connection stands. */
export function StatusLine({ connection }: { readonly connection: Connection }) {
  const { status, deadline, statusSince, lastCheckedAt } = connection;
  if (status === 'disconnected')
    return (
      <>
        Disconnected <Moment at={statusSince} />. What was published keeps its reference.
      </>
    );
  if (status === 'needs_reconnect') return <CutOffLine connection={connection} />;
  if (status === 'expiring_soon' && deadline) {
    return (
      <>
        Access ends <Deadline at={deadline.at} />. Publishing still works; reconnect before then.
      </>
    );
  }
  if (connection.consentAdvised) return <>Works, but the consent behind it has ended. Reconnect when it suits you.</>;
  if (lastCheckedAt)
    return (
      <>
        Checked <Moment at={lastCheckedAt} />
      </>
    );
  return (
    <>
      Connected <Moment at={statusSince} />
    </>
  );
}

function CutOffLine({ connection }: { readonly connection: Connection }) {
  const { reason, consentPlatform, statusSince } = connection;
  const explanation = reason?.explanation ?? `${platformLook(consentPlatform).name} no longer accepts the access.`;
  return (
    <>
      <strong>{reason?.title ?? 'Access ended'}</strong> <Moment at={statusSince} />. {explanation}
    </>
  );
}
