import { platformNames } from '@mooring/adapters';
import type { PlatformAdapter } from '@mooring/adapters-core';
import { type CapabilityView, capabilityViews, fillText } from '@mooring/contracts';
import { type Connection, consentPlatform, verdictOf } from './connection.ts';
import type { GuidanceView } from './connections.dto.ts';
import { GENERIC_GUIDANCE } from './guidance-words.ts';

/**
 * What a connection is good for (L-27). A token has one scope at least, so where neither granted nor missing ones are known
 * the platform hasn't said, and nothing is taken for missing (C36). Empty where the platform isn't configured any more.
 */
export function capabilitiesOf(connection: Connection, adapter: PlatformAdapter | undefined): CapabilityView[] {
  const { grantedScopes, missingScopes, kind } = connection;
  const isKnown = grantedScopes.length + missingScopes.length > 0;
  return capabilityViews(adapter?.capabilities[kind] ?? {}, isKnown ? grantedScopes : null);
}

/** What mends a connection at its platform (L-15): in the adapter's words, else in general ones. */
export function guidanceOf(
  connection: Connection,
  adapter: PlatformAdapter | undefined,
  now: Date,
): GuidanceView | null {
  const { reason, action } = verdictOf(connection, now);
  if (!reason || !action) return null;
  const text = adapter?.guidance[reason] ?? GENERIC_GUIDANCE[action];
  return { text: fillText(text, { Platform: platformNames(consentPlatform(connection)).name }), action };
}
