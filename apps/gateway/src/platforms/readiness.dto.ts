import { PLATFORM_PROPERTY } from '@mooring/runtime/openapi';
import type { Platform, ReadinessCheckView } from '@mooring/contracts';
import { ApiProperty } from '@nestjs/swagger';

/** How a platform stands: `unknown` where a check got no answer, `failed` where one says what an operator must mend. */
export const READINESS_STATES = ['ready', 'failed', 'unknown', 'not_configured'] as const;
const OUTCOMES = ['ok', 'failed', 'unknown'] as const;

export class ReadinessCheck implements ReadinessCheckView {
  @ApiProperty({ description: 'Short and stable, as `client_secret`' })
  name: string;

  @ApiProperty({ enum: OUTCOMES, enumName: 'ReadinessOutcome' })
  outcome: (typeof OUTCOMES)[number];

  @ApiProperty({ description: 'What is wrong, and what mends it' })
  detail: string;
}

export class PlatformReadiness {
  @ApiProperty(PLATFORM_PROPERTY)
  platform: Platform;

  @ApiProperty()
  name: string;

  @ApiProperty({ enum: READINESS_STATES, enumName: 'ReadinessState' })
  state: (typeof READINESS_STATES)[number];

  @ApiProperty({ description: 'Everything is set that connecting needs, at the gateway and at the vault.' })
  connectable: boolean;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When the platform was last tried' })
  checkedAt: string | null;

  @ApiProperty({ type: [ReadinessCheck] })
  checks: ReadinessCheckView[];
}

export class ReadinessList {
  @ApiProperty({ type: [PlatformReadiness] })
  data: PlatformReadiness[];
}
