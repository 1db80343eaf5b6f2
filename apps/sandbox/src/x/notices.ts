import { createHmac, randomUUID } from 'node:crypto';
import { disconnect, type Notice, type NoticeContext } from '../oauth/index.ts';

/** The app's numeric id, which X's events name; another may be given with `{appId}`. */
export const APP_ID = '29480001';

/** X signs with the app's consumer secret; the sandbox's app has one secret for everything. */
export function signatureOf(text: string, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(text).digest('base64')}`;
}

function dateTime({ atSeconds }: NoticeContext): string {
  return new Date(atSeconds * 1_000).toISOString().replace(/\.\d+Z$/, '+00:00');
}

function appIdOf({ options }: NoticeContext): string {
  return typeof options.appId === 'string' ? options.appId : APP_ID;
}

function notice(body: (context: NoticeContext) => object): Notice {
  return {
    callback: 'events',
    contentType: 'application/json',
    body: (context) => JSON.stringify(body(context)),
    headers: (rawBody, { clientSecret }) => ({ 'x-twitter-webhooks-signature': signatureOf(rawBody, clientSecret) }),
    happens: (world, person) => disconnect(world, person, { reason: 'removed', by: 'control' }),
  };
}

/** The same news in the words of the X Activity API and of the Account Activity API. */
export const REVOKE_NOTICES: Record<string, Notice> = {
  'oauth.revoke': notice((context) => ({
    data: {
      event_uuid: randomUUID(),
      filter: {},
      event_type: 'oauth.revoke',
      payload: { date_time: dateTime(context), user_id: context.subjectId, app_id: appIdOf(context) },
    },
  })),
  'user_event.revoke': notice((context) => ({
    user_event: {
      revoke: {
        date_time: dateTime(context),
        target: { app_id: appIdOf(context) },
        source: { user_id: context.subjectId },
      },
    },
  })),
};
