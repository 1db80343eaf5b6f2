import { TENANT_ID_PATTERN } from '@mooring/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsEmail, IsIn, IsOptional, IsTimeZone, Length, Matches } from 'class-validator';
import { PLANS, ROLES } from './directory.ts';

const NAME_LENGTH_MAX = 200;
const EMAIL_LENGTH_MAX = 254;
const LOCALE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

export class PutHubBody {
  @ApiProperty()
  @Length(1, NAME_LENGTH_MAX)
  name: string;
}

export class HubView {
  @ApiProperty()
  id: string;

  @ApiProperty()
  name: string;
}

export class PutPersonBody {
  @ApiProperty()
  @Length(1, NAME_LENGTH_MAX)
  name: string;

  @ApiPropertyOptional({ type: String, nullable: true, format: 'email' })
  @IsOptional()
  @IsEmail()
  @Length(3, EMAIL_LENGTH_MAX)
  email?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, description: 'BCP 47, as `en-GB`' })
  @IsOptional()
  @Matches(LOCALE)
  locale?: string | null;
}

export class HubAdminView {
  @ApiProperty()
  hubId: string;

  @ApiProperty()
  subject: string;

  @ApiProperty()
  name: string;

  @ApiProperty({ type: String, nullable: true })
  email: string | null;

  @ApiProperty({ type: String, nullable: true })
  locale: string | null;
}

export class PutWorkspaceBody {
  @ApiProperty({ description: 'A workspace never changes its hub.' })
  @Matches(TENANT_ID_PATTERN)
  hubId: string;

  @ApiProperty()
  @Length(1, NAME_LENGTH_MAX)
  name: string;

  @ApiProperty({ enum: PLANS, enumName: 'Plan' })
  @IsIn(PLANS)
  plan: (typeof PLANS)[number];

  @ApiProperty({ description: 'IANA time zone', example: 'Europe/Berlin' })
  @IsTimeZone()
  timeZone: string;
}

export class WorkspaceView {
  @ApiProperty()
  id: string;

  @ApiProperty()
  hubId: string;

  @ApiProperty()
  name: string;

  @ApiProperty({ enum: PLANS, enumName: 'Plan' })
  plan: (typeof PLANS)[number];

  @ApiProperty()
  timeZone: string;
}

export class PutMemberBody extends PutPersonBody {
  @ApiProperty({ enum: ROLES, enumName: 'Role' })
  @IsIn(ROLES)
  role: (typeof ROLES)[number];
}

export class MemberView {
  @ApiProperty()
  workspaceId: string;

  @ApiProperty()
  subject: string;

  @ApiProperty({ enum: ROLES, enumName: 'Role' })
  role: (typeof ROLES)[number];

  @ApiProperty()
  name: string;

  @ApiProperty({ type: String, nullable: true })
  email: string | null;

  @ApiProperty({ type: String, nullable: true })
  locale: string | null;
}

/** A workspace that the caller may enter, and as what. */
export class MyWorkspace extends WorkspaceView {
  @ApiProperty({
    enum: [...ROLES, 'hub_admin'],
    enumName: 'EffectiveRole',
    description: 'A `hub_admin` sends `Mooring-Acting-Workspace` with every call about this workspace.',
  })
  role: (typeof ROLES)[number] | 'hub_admin';
}

export class Me {
  @ApiProperty()
  subject: string;

  @ApiProperty({ type: String, nullable: true })
  name: string | null;

  @ApiProperty({ type: [MyWorkspace] })
  workspaces: MyWorkspace[];

  @ApiProperty({ type: [HubView], description: 'Hubs that the caller administers' })
  hubs: HubView[];
}
