import { Drawer, Skeleton, Stack } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { ProblemAlert } from '../api/problem-alert.tsx';
import type { ConnectionDetail } from '../api/model.ts';
import { AccountPicture } from '../connections/account-picture.tsx';
import { useConnectionDetail } from '../connections/queries.ts';
import { useLast } from '../look/use-last.ts';
import { Capabilities } from './capabilities.tsx';
import { DetailActions } from './detail-actions.tsx';
import { DetailFacts } from './detail-facts.tsx';
import classes from './detail-panel.module.css';
import { DetailStatus } from './detail-status.tsx';
import { EventHistory } from './event-history.tsx';
import { Permissions } from './permissions.tsx';
import { RecentPosts } from './recent-posts.tsx';

/** Everything about one connection: at the right on a desk, from below on a phone. */
export function DetailPanel(props: { readonly connectionId: string | null; readonly onClose: () => void }) {
  const phone = useMediaQuery('(max-width: 48em)') ?? false;
  const detail = useConnectionDetail(useLast(props.connectionId));
  return (
    <Drawer
      opened={props.connectionId !== null}
      onClose={props.onClose}
      position={phone ? 'bottom' : 'right'}
      size={phone ? '88%' : 480}
      radius={0}
      classNames={{ content: classes.content, header: classes.header, title: classes.heading, body: classes.body }}
      title={detail.data ? <Heading detail={detail.data} /> : 'Account'}
      closeButtonProps={{ 'aria-label': 'Close details' }}
    >
      {detail.isPending && (
        <Stack role="status" aria-label="Loading details">
          <Skeleton height={90} radius={12} />
          <Skeleton height={220} radius={12} />
        </Stack>
      )}
      {detail.isError && (
        <ProblemAlert title="This account cannot be shown" error={detail.error} retry={() => void detail.refetch()} />
      )}
      {detail.data && !detail.isError && (
        <Stack gap="xl">
          <DetailStatus detail={detail.data} />
          <DetailActions detail={detail.data} />
          <DetailFacts detail={detail.data} />
          <Capabilities detail={detail.data} />
          <Permissions detail={detail.data} />
          <RecentPosts detail={detail.data} />
          <EventHistory connectionId={detail.data.id} />
        </Stack>
      )}
    </Drawer>
  );
}

function Heading({ detail }: { readonly detail: ConnectionDetail }) {
  return (
    <span className={classes.account}>
      <AccountPicture name={detail.displayName} avatarUrl={detail.avatarUrl} platform={detail.platform} size={44} />
      <span className={classes.names}>
        <span className={classes.name}>{detail.displayName}</span>
        <span className={classes.kind}>
          {detail.username ? `@${detail.username} · ` : ''}
          {detail.kindName}
        </span>
      </span>
    </span>
  );
}
