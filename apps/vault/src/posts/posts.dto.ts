import { TENANT_ID_PATTERN } from '@mooring/contracts';
import { Type } from 'class-transformer';
import { IsInt, IsUUID, Matches, Max, Min } from 'class-validator';

const POSTS_MAX = 50;

/** A connection's id in a path. */
export class ConnectionPathDto {
  @IsUUID() readonly connectionId: string;
}

/** Query of `GET /internal/connections/{connectionId}/posts`. */
export class RecentPostsDto {
  @Matches(TENANT_ID_PATTERN) readonly workspaceId: string;
  @Type(() => Number) @IsInt() @Min(1) @Max(POSTS_MAX) readonly limit: number;
}
