import type { RecentPostsAnswer } from '@mooring/contracts';
import { Accepts, type Caller, CurrentCaller, OnPort, RequiresScope } from '@mooring/runtime';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ListRecentPosts } from './list-recent-posts.ts';
import { ConnectionPathDto, RecentPostsDto } from './posts.dto.ts';

/** What accounts have posted, for the gateway; the token it takes is never part of the answer. */
@Controller('internal/connections/:connectionId/posts')
@OnPort('internal')
@Accepts('services')
@RequiresScope('vault:internal')
export class PostsController {
  constructor(private readonly listRecentPosts: ListRecentPosts) {}

  @Get()
  list(
    @Param() { connectionId }: ConnectionPathDto,
    @Query() { workspaceId, limit }: RecentPostsDto,
    @CurrentCaller() caller: Caller,
  ): Promise<RecentPostsAnswer> {
    const reader = `${caller.issuer}#${caller.subject}`;
    return this.listRecentPosts.run({ workspaceId, connectionId: connectionId.toLowerCase(), reader }, limit);
  }
}
