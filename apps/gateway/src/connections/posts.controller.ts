import { Accepts, type Caller, CurrentCaller, RequiresScope } from '@mooring/runtime';
import { ActsInWorkspace, ApiProblems } from '@mooring/runtime/openapi';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ConnectionParams } from '../api/tenant-params.dto.ts';
import { ListPosts } from './list-posts.ts';
import { PostList, PostsQuery } from './posts.dto.ts';

@ApiTags('connections')
@ApiBearerAuth()
@ApiProblems()
@ActsInWorkspace()
@Accepts('people', 'services')
@RequiresScope('connections:read')
@Controller('v1/connections/:connectionId/posts')
export class PostsController {
  constructor(private readonly listPosts: ListPosts) {}

  @Get()
  @ApiOperation({
    operationId: 'listRecentPosts',
    summary: 'What the platform shows as posted by the account, newest first',
    description: '`not_supported` (404) where the platform lets no app read it; `connection_not_usable` (409).',
  })
  @ApiOkResponse({ type: PostList })
  posts(
    @Param() { connectionId }: ConnectionParams,
    @Query() { limit }: PostsQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<PostList> {
    return this.listPosts.run(caller, connectionId, limit);
  }
}
