import type { PushNotice } from '@mooring/adapters-core';
import type { Reason, ScopesByCapability } from '@mooring/contracts';

/** Permissions by capability (permissions reference). */
export const FACEBOOK_CAPABILITIES: Readonly<Record<string, ScopesByCapability>> = {
  facebook_page: {
    publish: ['pages_show_list', 'pages_manage_posts', 'pages_read_engagement'],
    analytics: ['read_insights', 'pages_read_engagement'],
    messages: ['pages_messaging', 'pages_manage_metadata'],
    ads: ['ads_management'],
    comments: ['pages_manage_engagement', 'pages_read_user_content'],
  },
};

export const FACEBOOK_GUIDANCE: Readonly<Partial<Record<Reason, string>>> = {};

export const FACEBOOK_NOTICES: readonly PushNotice[] = [
  { callback: 'deauthorize', kind: 'deauthorized', means: 'the person removed the app: every token may be dead' },
  { callback: 'data-deletion', kind: 'data_deletion', means: 'the person asks that what is known of them be deleted' },
  { callback: 'permissions', kind: 'permissions_changed', means: 'a permission was granted or taken away' },
];
