import { TENANT_ID_PATTERN } from '@mooring/contracts';
import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';

/** Every route is about one workspace. */
export class WorkspaceQuery {
  @ApiProperty({ description: 'Id of the workspace.', pattern: TENANT_ID_PATTERN.source, example: 'acme' })
  @Matches(TENANT_ID_PATTERN)
  workspace: string;
}
