import type { BulletinSettings } from './settings.ts';

/** Every address of Bulletin. No secret ever stands in one. */
export function bulletinEndpoints({ authUrl, apiUrl }: BulletinSettings) {
  return {
    authorizationUrl: `${authUrl}/authorize`,
    tokenUrl: `${apiUrl}/token`,
    revokeUrl: `${apiUrl}/revoke`,
    boardsUrl: `${apiUrl}/boards`,
    postsUrl: (boardId: string) => `${apiUrl}/boards/${encodeURIComponent(boardId)}/posts`,
  };
}

/** {@link bulletinEndpoints} of one app. */
export type BulletinEndpoints = ReturnType<typeof bulletinEndpoints>;
