import { createHmac } from 'node:crypto';
import { toSeconds } from '../clock.ts';
import { NO_ADDRESS, postCallback, type CallbackResult } from '../push.ts';
import type { FacebookPerson } from './people.ts';
import type { FacebookWorld } from './world.ts';

export interface WebhookOptions {
  url: string | undefined;
  /** `connected`, or a permission. */
  field: string;
  /** Undefined: "Include Values" is off, and only the field's name is told. */
  verb: string | undefined;
  tampered: boolean;
}

/** With values `connected` is flat, a permission's verb stands in `value` (meta.md §4.4). */
function change(field: string, verb: string) {
  return field === 'connected' ? { field, verb } : { field, value: { verb, target_ids: null } };
}

export function permissionsBody(asid: string, time: number, told: Pick<WebhookOptions, 'field' | 'verb'>): string {
  const { field, verb } = told;
  const changes = verb === undefined ? { changed_fields: [field] } : { changes: [change(field, verb)] };
  return JSON.stringify({ object: 'permissions', entry: [{ id: asid, uid: asid, time, ...changes }] });
}

/** The app-level `permissions` webhook, signed over the bytes on the wire. */
export function sendPermissionsWebhook(
  world: FacebookWorld,
  person: FacebookPerson,
  options: WebhookOptions,
): Promise<CallbackResult> {
  const { url } = options;
  if (url === undefined) return Promise.resolve(NO_ADDRESS);
  const body = permissionsBody(person.asid, toSeconds(world.clock.nowMs()), options);
  const secret = options.tampered ? `${world.app.clientSecret}x` : world.app.clientSecret;
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` };
  return postCallback(url, { body, headers });
}
