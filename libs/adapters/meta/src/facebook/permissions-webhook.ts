import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Static } from '@sinclair/typebox';
import type { Secret } from '@mooring/contracts';
import { InvalidCallbackError, parsePlatformJson, type VerifiedCallback } from '@mooring/adapters-core';
import { isTimely } from '../graph/callback-age.ts';
import { fits } from '../graph/schemas.ts';
import { PermissionsWebhook } from './schemas.ts';

const BODY_BYTES_MAX = 1_024 * 1_024;
const SIGNATURE = /^sha256=([0-9a-f]{64})$/;
/** Verbs that give; any other takes away, as far as one can know, and an inspection tells. */
const GIVING_VERBS = new Set(['granted', 'connected', 'added']);

type Entry = Static<typeof PermissionsWebhook>['entry'][number];

/**
 * Reads the webhook of topic `permissions`, up to a thousand people at once. `X-Hub-Signature-256` covers the bytes on the
 * wire, so the raw body is hashed. Entries older than Meta repeats them are left out.
 */
export function readPermissionsWebhook(
  request: { body: Buffer; signature: string | undefined },
  context: { appSecret: Secret; now: Date },
): VerifiedCallback[] {
  if (request.body.length > BODY_BYTES_MAX) throw new InvalidCallbackError('the call-back is too large');
  const given = SIGNATURE.exec(request.signature ?? '')?.[1];
  const expected = createHmac('sha256', context.appSecret.reveal()).update(request.body).digest();
  if (!given || !timingSafeEqual(Buffer.from(given, 'hex'), expected)) {
    throw new InvalidCallbackError('the signature does not fit');
  }
  const notices = webhookOf(request.body).entry.flatMap((entry) => {
    const notice = noticeOf(entry);
    return notice && isTimely(notice.issuedAt, context.now) ? [notice] : [];
  });
  if (notices.length === 0) throw new InvalidCallbackError('no entry is recent and names a person');
  return notices;
}

function noticeOf(entry: Entry): (VerifiedCallback & { issuedAt: Date }) | null {
  const subjectId = entry.uid ?? entry.id;
  if (subjectId === undefined) return null;
  const kind = (entry.changes ?? []).some(takesAccessAway) ? 'deauthorized' : 'permissions_changed';
  const digest = createHash('sha256').update(JSON.stringify(entry)).digest('hex');
  return {
    kind,
    subjectId: String(subjectId),
    issuedAt: new Date(entry.time * 1_000),
    ...(kind === 'deauthorized' ? { reason: 'removed_in_settings' } : {}),
    deduplicationKey: `permissions:${digest}`,
  };
}

/** The field `connected` is the whole app; its verb stands flat, others' inside `value`. */
function takesAccessAway(change: NonNullable<Entry['changes']>[number]): boolean {
  const verb = change.verb ?? change.value?.verb;
  return change.field === 'connected' && verb !== undefined && !GIVING_VERBS.has(verb);
}

function webhookOf(body: Buffer): Static<typeof PermissionsWebhook> {
  let webhook: unknown;
  try {
    webhook = parsePlatformJson(body.toString('utf8'));
  } catch {
    throw new InvalidCallbackError('the body is not JSON');
  }
  if (!fits(PermissionsWebhook, webhook)) throw new InvalidCallbackError('the body is not as documented');
  return webhook;
}
