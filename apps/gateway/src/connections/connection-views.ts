import { platformNames } from '@mooring/adapters';
import { fillText, REASON_TEXTS, type Reason } from '@mooring/contracts';
import { type Connection, consentPlatform, kindName, statusSince, verdictOf } from './connection.ts';
import type { ConnectionView, ReasonView } from './connections.dto.ts';

function reasonView(reason: Reason | null, platformName: string): ReasonView | null {
  if (!reason) return null;
  const { title, explanation } = REASON_TEXTS[reason];
  const fill = (text: string): string => fillText(text, { Platform: platformName });
  return { code: reason, title: fill(title), explanation: fill(explanation) };
}

/** A connection as it is shown; its status is that of this moment, since a deadline may pass between two events. */
export function viewOf(connection: Connection, now: Date): ConnectionView {
  const { status, reason, action } = verdictOf(connection, now);
  const { deadlineAt, deadlineKind } = connection;
  return {
    id: connection.id,
    workspaceId: connection.workspaceId,
    platform: connection.platform,
    kind: connection.kind,
    kindName: kindName(connection.kind),
    consentPlatform: consentPlatform(connection),
    accountId: connection.accountId,
    displayName: connection.displayName,
    username: connection.username,
    avatarUrl: connection.avatarUrl,
    status,
    reason: reasonView(reason, platformNames(consentPlatform(connection)).name),
    action,
    statusSince: statusSince(connection, now).toISOString(),
    deadline: deadlineAt && deadlineKind ? { at: deadlineAt.toISOString(), kind: deadlineKind } : null,
    consentAdvised: connection.consentAdvised,
    lastRefreshedAt: connection.lastRefreshedAt?.toISOString() ?? null,
    lastCheckedAt: connection.lastCheckedAt?.toISOString() ?? null,
    version: connection.version,
  };
}
