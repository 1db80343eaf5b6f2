import type { Secret } from '@mooring/contracts';
import type { Api } from './api.ts';
import { MeAnswer, type XUser } from './schemas.ts';

const NAME_LENGTH_MAX = 200;
const AVATAR_LENGTH_MAX = 2_048;

/** An account as X shows it. */
export interface XAccount {
  readonly accountId: string;
  readonly displayName: string;
  readonly username: string | null;
  readonly avatarUrl: string | null;
}

/** Reads whose a token is. Each reading costs the operator quota. */
export class Profile {
  constructor(
    private readonly api: Api,
    private readonly meUrl: string,
  ) {}

  async read(token: Secret): Promise<XAccount> {
    const query = { 'user.fields': 'id,name,username,profile_image_url' };
    const { data } = await this.api.read(token, { url: this.meUrl, query, schema: MeAnswer, what: 'users/me' });
    return accountOf(data);
  }
}

function accountOf(user: XUser): XAccount {
  const accountId = String(user.id);
  const username = textOf(user.username);
  const displayName = textOf(user.name) ?? (username ? `@${username}` : `Account ${accountId}`);
  return { accountId, displayName, username, avatarUrl: imageUrlOf(user.profile_image_url) };
}

function textOf(text: string | null | undefined): string | null {
  const trimmed = text
    ?.replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, NAME_LENGTH_MAX);
  return trimmed ? trimmed : null;
}

/** An address that a browser may load a picture from, else null. */
export function imageUrlOf(url: string | null | undefined): string | null {
  if (!url || url.length > AVATAR_LENGTH_MAX || !URL.canParse(url)) return null;
  return ['https:', 'http:'].includes(new URL(url).protocol) ? url : null;
}
