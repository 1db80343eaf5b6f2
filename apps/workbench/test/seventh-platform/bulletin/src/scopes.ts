import type { ConnectionKind, ScopesByCapability } from '@mooring/contracts';

export const REQUIRED_SCOPES: readonly string[] = ['boards.read', 'boards.post'];
export const ASKED_SCOPES: readonly string[] = [...REQUIRED_SCOPES];

/** Scopes by capability. */
export const BULLETIN_CAPABILITIES: Readonly<Record<ConnectionKind, ScopesByCapability>> = {
  bulletin_board: { publish: REQUIRED_SCOPES, comments: ['boards.comment'] },
};
