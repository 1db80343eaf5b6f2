import { MooringError } from '@mooring/contracts';
import type { Caller } from '@mooring/runtime';
import { Injectable } from '@nestjs/common';
import { platformNames } from '@mooring/adapters';
import { WorkspaceAccess } from '../access/workspace-access.ts';
import { VaultClient } from '../connect/ports.ts';
import { Platforms } from '../platforms/ports.ts';
import { Transactions } from '../storage/ports.ts';
import { consentPlatform } from './connection.ts';
import type { PostList } from './posts.dto.ts';
import { visibleConnection } from './visible-connection.ts';

/** The newest posts of an account as the platform shows them. The vault asks: the token stays there. */
@Injectable()
export class ListPosts {
  constructor(
    private readonly transactions: Transactions,
    private readonly access: WorkspaceAccess,
    private readonly platforms: Platforms,
    private readonly vault: VaultClient,
  ) {}

  /**
   * Throws MooringError `not_found`, `connection_disconnected`, `not_supported`, and of the vault `connection_not_usable`,
   * `platform_unavailable`, `vault_unavailable`.
   */
  async run(caller: Caller, connectionId: string, limit: number): Promise<PostList> {
    const { workspace } = await this.access.enterConnection(caller, connectionId);
    const connection = await this.transactions.inWorkspace(workspace.id, (stores) =>
      visibleConnection(stores, connectionId),
    );
    if (connection.phase !== 'live') throw new MooringError('connection_disconnected');
    const platform = consentPlatform(connection);
    if (this.platforms.get(platform)?.adapter.recentPosts === null) {
      throw new MooringError('not_supported', { parameters: { Platform: platformNames(connection.platform).name } });
    }
    const { posts } = await this.vault.recentPosts({ workspaceId: workspace.id, connectionId, limit });
    return { data: posts.map(({ postId: id, ...post }) => ({ id, ...post })) };
  }
}
