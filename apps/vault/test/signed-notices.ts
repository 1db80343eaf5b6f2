import { createHmac } from 'node:crypto';

/** A platform's notice as it comes over the wire. */
export interface SignedNotice {
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a platform would send about a person. */
export interface NoticeGiven {
  readonly secret: string;
  readonly clientId: string;
  readonly subjectId: string;
  readonly at: Date;
}

type Signer = (given: NoticeGiven) => SignedNotice;

const hmac = (secret: string, text: string, encoding: 'hex' | 'base64' | 'base64url'): string =>
  createHmac('sha256', secret).update(text).digest(encoding);
const secondsOf = (at: Date): number => Math.floor(at.getTime() / 1_000);

const signedRequest: Signer = ({ secret, subjectId, at }) => {
  const facts = { algorithm: 'HMAC-SHA256', issued_at: secondsOf(at), expires: 0, user_id: subjectId };
  const payload = Buffer.from(JSON.stringify(facts)).toString('base64url');
  const body = new URLSearchParams({ signed_request: `${hmac(secret, payload, 'base64url')}.${payload}` }).toString();
  return { contentType: 'application/x-www-form-urlencoded', headers: {}, body };
};

const permissions: Signer = ({ secret, subjectId, at }) => {
  const entry = { id: subjectId, uid: subjectId, time: secondsOf(at), changed_fields: ['connected'] };
  const body = JSON.stringify({ object: 'permissions', entry: [entry] });
  const headers = { 'x-hub-signature-256': `sha256=${hmac(secret, body, 'hex')}` };
  return { contentType: 'application/json', headers, body };
};

const ofTikTok: Signer = ({ secret, clientId, subjectId, at }) => {
  const about = { client_key: clientId, event: 'authorization.removed', create_time: secondsOf(at) };
  const body = JSON.stringify({ ...about, user_openid: subjectId, content: '{"reason":1}' });
  const signature = `t=${secondsOf(at)},s=${hmac(secret, `${secondsOf(at)}.${body}`, 'hex')}`;
  return { contentType: 'application/json', headers: { 'tiktok-signature': signature }, body };
};

const ofX: Signer = ({ secret, clientId, subjectId, at }) => {
  const payload = { date_time: at.toISOString(), user_id: subjectId, app_id: clientId };
  const body = JSON.stringify({ data: { event_uuid: '1', filter: {}, event_type: 'oauth.revoke', payload } });
  const headers = { 'x-twitter-webhooks-signature': `sha256=${hmac(secret, body, 'base64')}` };
  return { contentType: 'application/json', headers, body };
};

/** How each platform signs each of its notices, by `platform name`. */
export const SIGNERS: Readonly<Record<string, Signer>> = {
  'facebook deauthorize': signedRequest,
  'facebook data-deletion': signedRequest,
  'facebook permissions': permissions,
  'instagram deauthorize': signedRequest,
  'instagram data-deletion': signedRequest,
  'tiktok events': ofTikTok,
  'x events': ofX,
};
