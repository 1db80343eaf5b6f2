import { TENANT_ID_PATTERN } from '@mooring/contracts';
import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';

/** Why a platform can't be connected now. */
export const UNAVAILABLE_REASONS = ['plan', 'plan_limit', 'role', 'not_configured', 'coming_soon'] as const;

export class PlatformsQuery {
  @ApiProperty({ pattern: TENANT_ID_PATTERN.source })
  @Matches(TENANT_ID_PATTERN)
  workspace: string;
}

export class PlatformOffer {
  @ApiProperty({ description: 'The name in routes, or that of a platform still to come' })
  platform: string;

  @ApiProperty()
  name: string;

  @ApiProperty({ description: 'What one manages there, plural', example: 'Pages' })
  accountsName: string;

  @ApiProperty({ description: 'The caller can connect accounts of it now.' })
  available: boolean;

  @ApiProperty({
    enum: UNAVAILABLE_REASONS,
    enumName: 'UnavailableReason',
    nullable: true,
    description: '`not_configured`: the operator has not set it up; `coming_soon`: Mooring cannot connect it yet',
  })
  reason: (typeof UNAVAILABLE_REASONS)[number] | null;

  @ApiProperty({ type: String, nullable: true, description: 'The reason in words, for people' })
  message: string | null;

  @ApiProperty({ type: [String], description: 'What a person needs at the platform, shown before leaving' })
  requirements: string[];
}

export class PlanUse {
  @ApiProperty()
  plan: string;

  @ApiProperty({ description: 'Accounts the plan allows' })
  limit: number;

  @ApiProperty({ description: 'Accounts connected, broken ones included' })
  used: number;
}

export class PlatformList {
  @ApiProperty({ type: [PlatformOffer] })
  data: PlatformOffer[];

  @ApiProperty({ type: PlanUse })
  plan: PlanUse;
}
