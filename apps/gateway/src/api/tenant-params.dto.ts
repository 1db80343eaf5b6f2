import { TENANT_ID_PATTERN } from '@mooring/contracts';
import { ApiProperty } from '@nestjs/swagger';
import { IsUUID, Length, Matches } from 'class-validator';

const TENANT_ID = { pattern: TENANT_ID_PATTERN.source };

/** The longest subject that is taken from a token's `sub`. */
export const SUBJECT_LENGTH_MAX = 255;

export class HubParams {
  @ApiProperty(TENANT_ID)
  @Matches(TENANT_ID_PATTERN)
  hubId: string;
}

export class HubSubjectParams extends HubParams {
  @ApiProperty({ description: "The person's `sub` at the identity provider" })
  @Length(1, SUBJECT_LENGTH_MAX)
  subject: string;
}

export class WorkspaceParams {
  @ApiProperty(TENANT_ID)
  @Matches(TENANT_ID_PATTERN)
  workspaceId: string;
}

export class WorkspaceSubjectParams extends WorkspaceParams {
  @ApiProperty({ description: "The person's `sub` at the identity provider" })
  @Length(1, SUBJECT_LENGTH_MAX)
  subject: string;
}

export class ConnectSessionParams {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  sessionId: string;
}

export class ConnectionParams {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  connectionId: string;
}
