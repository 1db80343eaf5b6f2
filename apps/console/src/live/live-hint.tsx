import { IconCloudOff } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useLive } from './live-provider.tsx';
import classes from './live-hint.module.css';

/** A short break is nobody's business. */
const QUIET_MS = 2_500;

/** Says that live updates are away, and nothing while they flow. */
export function LiveHint() {
  const { state } = useLive();
  const lost = state === 'waiting' || state === 'connecting';
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(lost), lost ? QUIET_MS : 0);
    return () => clearTimeout(timer);
  }, [lost]);
  return (
    <div role="status" className={classes.hint} data-shown={shown}>
      {shown && (
        <>
          <IconCloudOff size={16} aria-hidden />
          Live updates are offline, retrying
        </>
      )}
    </div>
  );
}
