import { dataOf } from '@mooring/client';
import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/api.tsx';
import { ProblemAlert } from '../api/problem-alert.tsx';
import type { ConnectionDetail, Post } from '../api/model.ts';
import { Moment } from '../look/moment.tsx';
import classes from './detail-panel.module.css';

const SHOWN = 5;
/** The platform is asked for them, and counts it. */
const FRESH_MS = 5 * 60_000;

/** What the account has posted, where the platform shows it to apps and the account works. */
export function RecentPosts({ detail }: { readonly detail: ConnectionDetail }) {
  const works = detail.status === 'connected' || detail.status === 'expiring_soon';
  return detail.showsPosts && works ? <Posts connectionId={detail.id} /> : null;
}

function Posts({ connectionId }: { readonly connectionId: string }) {
  const { gateway } = useApi();
  const posts = useQuery({
    // Not among what news of the connection refreshes: a check tells nothing of posts.
    queryKey: ['posts', connectionId],
    staleTime: FRESH_MS,
    retry: false,
    queryFn: ({ signal }) =>
      dataOf(
        gateway.GET('/v1/connections/{connectionId}/posts', {
          params: { path: { connectionId }, query: { limit: SHOWN } },
          signal,
        }),
      ),
  });
  return (
    <section aria-labelledby="posts">
      <h3 className={classes.section} id="posts">
        Recent posts
      </h3>
      {posts.isPending && <Skeleton height={90} radius={12} />}
      {posts.isError && <ProblemAlert error={posts.error} retry={() => void posts.refetch()} />}
      {posts.data?.data.length === 0 && <Text c="dimmed">Nothing has been posted yet.</Text>}
      {posts.data && (
        <ul className={classes.posts}>
          {posts.data.data.map((post) => (
            <PostRow key={post.id} post={post} />
          ))}
        </ul>
      )}
    </section>
  );
}

function PostRow({ post }: { readonly post: Post }) {
  const text = post.text ?? 'Without words';
  return (
    <li>
      {isWebAddress(post.permalink) ? (
        <a href={post.permalink} target="_blank" rel="noreferrer">
          {text}
        </a>
      ) : (
        <span>{text}</span>
      )}
      {post.publishedAt && (
        <span className={classes.when}>
          <Moment at={post.publishedAt} />
        </span>
      )}
    </li>
  );
}

function isWebAddress(address: string | null): address is string {
  return address !== null && /^https?:\/\//.test(address);
}
