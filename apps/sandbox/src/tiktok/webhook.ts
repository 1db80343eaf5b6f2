import { createHmac } from 'node:crypto';
import { toSeconds } from '../clock.ts';
import { disconnect, type Notice, type NoticeContext, type OAuthWorld, type PlayedPerson } from '../oauth/index.ts';
import { numberOf } from '../request-values.ts';

const REMOVED = 'authorization.removed';

/** `TikTok-Signature`, over the time of sending and the bytes on the wire. */
function signature(rawBody: string, { clientSecret, atSeconds }: NoticeContext): string {
  const digest = createHmac('sha256', clientSecret).update(`${atSeconds}.${rawBody}`).digest('hex');
  return `t=${atSeconds},s=${digest}`;
}

function notice(event: string, content: object, happens?: Notice['happens']): Notice {
  return {
    callback: 'events',
    contentType: 'application/json',
    body: ({ world, subjectId, atSeconds, options }) =>
      JSON.stringify({
        client_key: world.app.clientId,
        event,
        // How long before it was sent it happened, where the control call says: TikTok tries for three days.
        create_time: atSeconds - (numberOf(options, 'happenedSecondsBefore') ?? 0),
        user_openid: subjectId,
        content: JSON.stringify({ ...content, ...reasonOf(options) }),
      }),
    headers: (rawBody, context) => ({ 'TikTok-Signature': signature(rawBody, context) }),
    ...(happens === undefined ? {} : { happens }),
  };
}

function reasonOf(options: Record<string, unknown>): { reason?: number } {
  const reason = numberOf(options, 'reason');
  return reason === undefined ? {} : { reason };
}

const removes =
  (reason: 'removed' | 'deleted') =>
  (world: OAuthWorld, person: PlayedPerson): void =>
    disconnect(world, person, { reason, by: 'control' });

/** Events of the app's one webhook, by what the control API calls them. */
export const TIKTOK_NOTICES: Record<string, Notice> = {
  removed: notice(REMOVED, { reason: 1 }, removes('removed')),
  deleted: notice(REMOVED, { reason: 2 }, removes('deleted')),
  'age-changed': notice(REMOVED, { reason: 3 }, removes('removed')),
  banned: notice(REMOVED, { reason: 4 }, (world, person) => {
    world.stateOf(person).suspended = true;
  }),
  'revoked-by-app': notice(REMOVED, { reason: 5 }),
  'publish-failed': notice('post.publish.failed', {
    publish_id: 'v_pub_url~v2.490',
    reason: 'picture_size_check_failed',
  }),
};

/** What TikTok sends when the app itself gave a consent up. */
export function tellRevoked(world: OAuthWorld, person: PlayedPerson): void {
  if (world.app.callbacks.events === undefined) return;
  const request = { tampered: false, replayed: false, ageSeconds: 0, padBytes: 0, removes: false, options: {} };
  // It has no way to fail but in its own answer, for which nobody waits.
  void world.notices.send(person, { ...request, notice: 'revoked-by-app' });
}

/** The request's id in every answer; digits that a careless reader takes for a code stand in it. */
export function logId(world: OAuthWorld): string {
  return `${toSeconds(world.clock.nowMs())}490B190463F00D`;
}
