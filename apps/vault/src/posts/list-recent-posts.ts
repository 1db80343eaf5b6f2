import { platformNames } from '@mooring/adapters';
import { type PlatformAdapter, PlatformFailure, type RecentPost } from '@mooring/adapters-core';
import {
  type ConnectionKind,
  FAILURE_RULES,
  fillText,
  MooringError,
  type Platform,
  REASON_TEXTS,
  type RecentPostsAnswer,
  Secret,
} from '@mooring/contracts';
import { Injectable } from '@nestjs/common';
import { GrantChanges } from '../grants/grant-changes.ts';
import { GrantConnection } from '../grants/grant-connection.entity.ts';
import { connectProblem } from '../platforms/platform-problems.ts';
import { Platforms } from '../platforms/platforms.ts';
import type { ReadAudit } from '../tokens/ports.ts';
import { ReadToken } from '../tokens/read-token.ts';

interface Account {
  readonly platform: Platform;
  readonly accountId: string;
  readonly kind: ConnectionKind;
}

/** Asks the platform for the newest posts of an account, with a token that is read and audited as any other read. */
@Injectable()
export class ListRecentPosts {
  constructor(
    private readonly changes: GrantChanges,
    private readonly readToken: ReadToken,
    private readonly platforms: Platforms,
  ) {}

  /**
   * Throws MooringError `not_found`, `connection_not_usable`, `not_supported`, and what the platform's refusal means. It
   * changes no status: that is an inspection's to do.
   */
  async run(audit: ReadAudit, limit: number): Promise<RecentPostsAnswer> {
    const { platform, ...account } = await this.#accountOf(audit);
    const adapter = this.platforms.adapter(platform);
    const { recentPosts } = adapter;
    if (!recentPosts) throw notSupported(platform);
    const { accessToken } = await this.readToken.run(audit, this.changes.now());
    const target = { token: new Secret(accessToken), account, limit };
    try {
      const posts = await this.platforms.call(adapter, 'posts', () => recentPosts(target));
      return { posts: posts.slice(0, limit).map(viewOf) };
    } catch (error) {
      if (error instanceof PlatformFailure) throw this.#problem(adapter, error);
      throw error;
    }
  }

  async #accountOf({ workspaceId, connectionId }: ReadAudit): Promise<Account> {
    const found = await this.changes.inTenant(workspaceId, (manager) =>
      manager.findOneBy(GrantConnection, { connectionId }),
    );
    if (!found) throw new MooringError('not_found');
    const { platform, accountId, kind } = found;
    return { platform, accountId, kind };
  }

  #problem(adapter: PlatformAdapter, failure: PlatformFailure): MooringError {
    this.platforms.tellOperator(adapter, failure);
    const rule = FAILURE_RULES[failure.class];
    if (!rule.final) return connectProblem(adapter.platform, failure);
    const { title } = REASON_TEXTS[failure.reason ?? rule.defaultReason];
    const Reason = fillText(title, { Platform: platformNames(adapter.platform).name });
    const extensions = { platformCode: failure.platformCode };
    return new MooringError('connection_not_usable', { parameters: { Reason }, extensions, cause: failure });
  }
}

function notSupported(platform: Platform): MooringError {
  return new MooringError('not_supported', { parameters: { Platform: platformNames(platform).name } });
}

function viewOf({ postId, text, permalink, imageUrl, publishedAt }: RecentPost) {
  return { postId, text, permalink, imageUrl, publishedAt: publishedAt?.toISOString() ?? null };
}
