import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

const POSTS_MAX = 25;
const POSTS = 5;

export class PostsQuery {
  @ApiPropertyOptional({ minimum: 1, maximum: POSTS_MAX, default: POSTS })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(POSTS_MAX)
  limit: number = POSTS;
}

export class PostView {
  @ApiProperty({ description: "The platform's own id of the post" })
  id: string;

  @ApiProperty({ type: String, nullable: true })
  text: string | null;

  @ApiProperty({ type: String, nullable: true })
  permalink: string | null;

  @ApiProperty({ type: String, nullable: true })
  imageUrl: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  publishedAt: string | null;
}

export class PostList {
  @ApiProperty({ type: [PostView], description: 'The newest first' })
  data: PostView[];
}
