import { PLATFORM_PROPERTY } from '@mooring/runtime/openapi';
import type { Platform, PlatformCheck, PlatformReadiness as VaultReadiness } from '@mooring/contracts';
import { ApiProperty } from '@nestjs/swagger';

/**
 * How a platform stands: `failed` where a check says what an operator must mend, `paused` while calls are held back,
 * `unknown` where a check got no answer.
 */
export const READINESS_STATES = ['ready', 'failed', 'paused', 'unknown', 'not_configured'] as const;
const OUTCOMES = ['ok', 'failed', 'unknown'] as const;
const PAUSE_CAUSES = ['outage', 'rate_limited', 'misconfigured'] as const satisfies readonly VaultReadiness['cause'][];

/** Calls to the platform are held back. */
export class PauseView {
  @ApiProperty({ enum: PAUSE_CAUSES, enumName: 'PauseCause', nullable: true })
  cause: VaultReadiness['cause'];

  @ApiProperty({ type: String, nullable: true, description: 'What the platform said' })
  detail: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  since: string | null;
}

export class ReadinessCheck implements PlatformCheck {
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

  @ApiProperty({ type: PauseView, nullable: true, description: 'Calls to the platform are held back.' })
  pause: PauseView | null;

  @ApiProperty({ type: [ReadinessCheck] })
  checks: PlatformCheck[];
}

export class ReadinessList {
  @ApiProperty({ type: [PlatformReadiness] })
  data: PlatformReadiness[];
}
