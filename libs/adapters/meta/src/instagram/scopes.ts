import type { ConnectionKind, ScopesByCapability } from '@mooring/contracts';

/** Without it nothing is told and nothing is renewed. */
export const BASIC_SCOPE = 'instagram_business_basic';

/** What publishing needs. */
export const REQUIRED_SCOPES = [BASIC_SCOPE, 'instagram_business_content_publish'] as const;

/** What is asked for by default: publishing, and nothing that isn't used. */
export const ASKED_SCOPES = [...REQUIRED_SCOPES] as const;

/** Permissions by kind and capability; the older `business_*` names ended in January 2025. */
export const INSTAGRAM_CAPABILITIES: Readonly<Record<ConnectionKind, ScopesByCapability>> = {
  instagram_account: {
    publish: REQUIRED_SCOPES,
    analytics: [BASIC_SCOPE, 'instagram_business_manage_insights'],
    messages: [BASIC_SCOPE, 'instagram_business_manage_messages'],
    comments: [BASIC_SCOPE, 'instagram_business_manage_comments'],
  },
};
