import { Accepts, type Caller, CurrentCaller } from '@mooring/runtime';
import { ActsInWorkspace, ApiProblems } from '@mooring/runtime/openapi';
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { WorkspaceQuery } from '../api/workspace-query.dto.ts';
import { ListFeed } from './list-feed.ts';
import { MarkFeedRead } from './mark-feed-read.ts';
import {
  MarkReadBody,
  NotificationsQuery,
  notificationsView,
  NotificationsView,
  UnreadView,
} from './notifications.dto.ts';

/** The in-app feed. */
@ApiTags('notifications')
@ApiBearerAuth()
@ApiProblems()
@ActsInWorkspace()
@Accepts('people')
@Controller('v1/notifications')
export class NotificationsController {
  constructor(
    private readonly listFeed: ListFeed,
    private readonly markFeedRead: MarkFeedRead,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The feed of a workspace, newest first, with the unread count of the person who asks.' })
  @ApiOkResponse({ type: NotificationsView })
  async listNotifications(
    @CurrentCaller() caller: Caller,
    @Query() { workspace, cursor, limit }: NotificationsQuery,
  ): Promise<NotificationsView> {
    return notificationsView(await this.listFeed.run(caller, { workspaceId: workspace, cursor, limit }));
  }

  @Post('read')
  @HttpCode(200)
  @ApiOperation({ summary: 'Marks the feed as read up to a notification, for the person who asks.' })
  @ApiOkResponse({ type: UnreadView })
  async markNotificationsRead(
    @CurrentCaller() caller: Caller,
    @Query() { workspace }: WorkspaceQuery,
    @Body() { upTo }: MarkReadBody,
  ): Promise<UnreadView> {
    return { unreadCount: await this.markFeedRead.run(caller, workspace, Number(upTo)) };
  }
}
