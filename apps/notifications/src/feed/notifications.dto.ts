import { PLATFORM_PROPERTY } from '@mooring/runtime/openapi';
import type { Platform } from '@mooring/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { WorkspaceQuery } from '../api/workspace-query.dto.ts';
import type { ListedFeed } from './list-feed.ts';
import type { FeedCode, FeedRow, Tone } from './ports.ts';

const LIMIT_MAX = 100;
const LIMIT_DEFAULT = 25;
const CURSOR_LENGTH_MAX = 64;

/** Query of GET /v1/notifications. */
export class NotificationsQuery extends WorkspaceQuery {
  @ApiPropertyOptional({ description: 'Where the page begins: nextCursor of the page before.' })
  @IsOptional()
  @IsString()
  @MaxLength(CURSOR_LENGTH_MAX)
  cursor?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: LIMIT_MAX, default: LIMIT_DEFAULT })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LIMIT_MAX)
  limit: number = LIMIT_DEFAULT;
}

/** Body of POST /v1/notifications/read. */
export class MarkReadBody {
  @ApiProperty({ description: 'Id of the newest notification that was read.', example: '1204' })
  @Matches(/^\d{1,15}$/)
  upTo: string;
}

/** Answer of POST /v1/notifications/read. */
export class UnreadView {
  @ApiProperty({ type: 'integer', description: 'Unread notifications; counted up to 1000.' })
  unreadCount: number;
}

/** One notification. */
export class NotificationView {
  @ApiProperty({ description: 'Grows with time.', example: '1204' })
  id: string;
  @ApiProperty({ format: 'date-time' })
  at: string;
  @ApiProperty({
    enum: ['token_refreshed', 'refresh_refused', 'connection_expired', 'expiring_soon', 'was_cut_off', 'all_clear'],
  })
  code: FeedCode;
  @ApiProperty({ description: 'The notification in words.', example: 'Access token refreshed for Harbour Coffee' })
  text: string;
  @ApiProperty({ enum: ['success', 'warning', 'error', 'info'] })
  tone: Tone;
  @ApiProperty({ type: String, nullable: true, format: 'uuid' })
  connectionId: string | null;
  @ApiProperty({ type: String, nullable: true, format: 'uuid' })
  alertId: string | null;
  @ApiProperty(PLATFORM_PROPERTY)
  platform: Platform;
  @ApiProperty({ description: 'Read by the person who asks.' })
  read: boolean;
}

/** Answer of GET /v1/notifications. */
export class NotificationsView {
  @ApiProperty({ type: [NotificationView], description: 'Newest first.' })
  data: NotificationView[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
  @ApiProperty()
  hasMore: boolean;
  @ApiProperty({ type: 'integer', description: 'Unread notifications; counted up to 1000.' })
  unreadCount: number;
}

export function notificationsView(page: ListedFeed): NotificationsView {
  return {
    data: page.rows.map((row) => notificationView(row, page.readUpTo)),
    nextCursor: page.nextCursor,
    hasMore: page.hasMore,
    unreadCount: page.unreadCount,
  };
}

function notificationView(row: FeedRow, readUpTo: number): NotificationView {
  return {
    id: String(row.id),
    at: row.at.toISOString(),
    code: row.code,
    text: row.words ?? '',
    tone: row.tone ?? 'info',
    connectionId: row.connectionId,
    alertId: row.alertId,
    platform: row.data['platform'] as Platform,
    read: row.id <= readUpTo,
  };
}
