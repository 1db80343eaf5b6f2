import { KIND_PROPERTY, PLATFORM_PROPERTY } from '@mooring/runtime/openapi';
import { CONNECTION_KINDS, PLATFORMS } from '@mooring/adapters';
import { PROBLEM_ACTIONS, PROBLEMS, UNSELECTABLE_REASONS } from '@mooring/contracts';
import type { ConnectionKind, Platform, ProblemAction, ProblemCode } from '@mooring/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  Length,
  ValidateNested,
} from 'class-validator';
import { ConnectionView } from '../connections/connections.dto.ts';
import { PlanUse } from '../platforms/platforms.dto.ts';

export const RETURN_URL_LENGTH_MAX = 2_000;
const RESULT_CODE_LENGTH_MAX = 100;
const SELECTION_MAX = 200;
const ACCOUNT_ID_LENGTH_MAX = 100;

/** Why an offered account can't be chosen: the vault's reasons, and what the workspace itself stands in the way with. */
export const WHY_NOT_SELECTABLE = [...UNSELECTABLE_REASONS, 'already_connected', 'not_on_plan'] as const;

/** States as a client sees them: `activating` heals by itself; `done`, `failed` and `expired` are final. */
export const VISIBLE_SESSION_STATES = [
  'created',
  'started',
  'completing',
  'offered',
  'claimed',
  'activating',
  'done',
  'failed',
  'expired',
] as const;

export class CreateConnectSessionBody {
  @ApiProperty(PLATFORM_PROPERTY)
  @IsIn(PLATFORMS)
  platform: Platform;

  @ApiProperty({ description: 'Where the browser comes back to; must be on the allow-list' })
  @IsString()
  @Length(1, RETURN_URL_LENGTH_MAX)
  returnUrl: string;

  @ApiPropertyOptional({ description: 'Ask again for permissions that were declined before' })
  @IsOptional()
  @IsBoolean()
  rerequest?: boolean;
}

export class CreatedConnectSession {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ description: 'Open it in the browser: full page or pop-up.' })
  startUrl: string;

  @ApiProperty({ format: 'date-time', description: 'Until then the platform must have sent the person back.' })
  expiresAt: string;
}

export class ConnectFailure {
  @ApiProperty({ enum: Object.keys(PROBLEMS), enumName: 'ProblemCode' })
  code: ProblemCode;

  @ApiProperty({ description: 'The message to people' })
  message: string;

  @ApiProperty({ enum: PROBLEM_ACTIONS, enumName: 'ProblemAction', description: 'The next step' })
  action: ProblemAction;

  @ApiProperty({ description: 'Support finds the log lines by it.' })
  diagnosticId: string;
}

/** State only, so that a window may follow what happens in another one. */
export class ConnectSessionView {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty()
  workspaceId: string;

  @ApiProperty(PLATFORM_PROPERTY)
  platform: Platform;

  @ApiProperty({ enum: ['connect', 'reconnect'], enumName: 'ConnectPurpose' })
  purpose: 'connect' | 'reconnect';

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The connection to be reconnected' })
  connectionId: string | null;

  @ApiProperty({ enum: VISIBLE_SESSION_STATES, enumName: 'ConnectSessionState' })
  state: (typeof VISIBLE_SESSION_STATES)[number];

  @ApiProperty({ format: 'date-time', description: 'When the present step runs out' })
  expiresAt: string;

  @ApiProperty({ type: ConnectFailure, nullable: true })
  failure: ConnectFailure | null;
}

export class ClaimBody {
  @ApiProperty({ description: 'The one-time code `result` of the return address' })
  @IsString()
  @Length(1, RESULT_CODE_LENGTH_MAX)
  result: string;
}

export class OfferedAccountView {
  @ApiProperty()
  accountId: string;

  @ApiProperty({ ...PLATFORM_PROPERTY, description: 'The platform that the account is shown under' })
  platform: Platform;

  @ApiProperty(KIND_PROPERTY)
  kind: ConnectionKind;

  @ApiProperty({ description: 'What it is, in words, singular', example: 'Facebook Page' })
  kindName: string;

  @ApiProperty()
  displayName: string;

  @ApiProperty({ type: String, nullable: true })
  username: string | null;

  @ApiProperty({ type: String, nullable: true })
  avatarUrl: string | null;

  @ApiProperty({ description: 'It takes one of the places that the plan allows.' })
  countsForPlan: boolean;

  @ApiProperty()
  selectable: boolean;

  @ApiProperty({ enum: WHY_NOT_SELECTABLE, enumName: 'UnselectableReason', nullable: true })
  unselectableReason: (typeof WHY_NOT_SELECTABLE)[number] | null;

  @ApiProperty({ type: String, nullable: true, description: 'The reason in words, for people' })
  unselectableMessage: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'It was connected before or is now.' })
  connectionId: string | null;
}

/** The answer to a claim and to a selection. */
export class ConnectOutcome {
  @ApiProperty({ type: ConnectSessionView })
  session: ConnectSessionView;

  @ApiProperty({ type: String, nullable: true, description: 'Whose account at the platform gave the consent' })
  consentedAs: string | null;

  @ApiProperty({ type: [OfferedAccountView], description: 'To choose from; empty once the choice is made' })
  accounts: OfferedAccountView[];

  @ApiProperty({ type: PlanUse })
  plan: PlanUse;

  @ApiProperty({
    type: [ConnectionView],
    description: 'What was connected or reconnected; connections that the same consent healed come last',
  })
  connections: ConnectionView[];
}

export class ChosenAccount {
  @ApiProperty()
  @IsString()
  @Length(1, ACCOUNT_ID_LENGTH_MAX)
  accountId: string;

  @ApiProperty(KIND_PROPERTY)
  @IsIn(CONNECTION_KINDS)
  kind: ConnectionKind;
}

export class SelectionBody {
  @ApiProperty({ type: [ChosenAccount], minItems: 1, maxItems: SELECTION_MAX })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(SELECTION_MAX)
  @ValidateNested({ each: true })
  @Type(() => ChosenAccount)
  accounts: ChosenAccount[];
}
