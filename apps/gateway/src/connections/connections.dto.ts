import { KIND_PROPERTY, PLATFORM_PROPERTY } from '@mooring/runtime/openapi';
import { PLATFORMS } from '@mooring/adapters';
import { ACTIONS, CAPABILITIES, CAPABILITY_STATES, DEADLINE_KINDS, REASONS, STATUSES } from '@mooring/contracts';
import type {
  Action,
  Capability,
  CapabilityState,
  ConnectionKind,
  ConnectionStatus,
  DeadlineKind,
  Platform,
  Reason,
} from '@mooring/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsIn, IsInt, IsOptional, Length, Max, Min } from 'class-validator';

const PAGE_SIZE_MAX = 100;
const PAGE_SIZE = 50;
const SEARCH_LENGTH_MAX = 100;
const CURSOR_LENGTH_MAX = 1_000;

const COMMA_SEPARATED = { explode: false, style: 'form' } as const;

const asList = ({ value }: { value: unknown }): unknown => (typeof value === 'string' ? value.split(',') : value);

export class PageQuery {
  @ApiPropertyOptional({ minimum: 1, maximum: PAGE_SIZE_MAX, default: PAGE_SIZE })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(PAGE_SIZE_MAX)
  limit: number = PAGE_SIZE;

  @ApiPropertyOptional({ description: '`nextCursor` of the page before' })
  @IsOptional()
  @Length(1, CURSOR_LENGTH_MAX)
  cursor?: string;
}

export class ConnectionsQuery extends PageQuery {
  @ApiPropertyOptional({
    enum: STATUSES,
    enumName: 'ConnectionStatus',
    isArray: true,
    ...COMMA_SEPARATED,
    description: 'Comma-separated. Left out: everything but disconnected connections.',
  })
  @IsOptional()
  @Transform(asList)
  @ArrayMaxSize(STATUSES.length)
  @IsIn(STATUSES, { each: true })
  status?: ConnectionStatus[];

  @ApiPropertyOptional({
    type: [String],
    ...COMMA_SEPARATED,
    description: 'Comma-separated.',
  })
  @IsOptional()
  @Transform(asList)
  @ArrayMaxSize(PLATFORMS.length)
  @IsIn(PLATFORMS, { each: true })
  platform?: Platform[];

  @ApiPropertyOptional({ description: 'A part of the display name or handle' })
  @IsOptional()
  @Length(1, SEARCH_LENGTH_MAX)
  search?: string;
}

export class DeadlineView {
  @ApiProperty({ format: 'date-time' })
  at: string;

  @ApiProperty({ enum: DEADLINE_KINDS, enumName: 'DeadlineKind' })
  kind: DeadlineKind;
}

export class ReasonView {
  @ApiProperty({ enum: REASONS, enumName: 'Reason' })
  code: Reason;

  @ApiProperty({ description: 'In a few words' })
  title: string;

  @ApiProperty({ description: 'In a sentence, for people' })
  explanation: string;
}

/** One account that the workspace publishes through. */
export class ConnectionView {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty()
  workspaceId: string;

  @ApiProperty(PLATFORM_PROPERTY)
  platform: Platform;

  @ApiProperty(KIND_PROPERTY)
  kind: ConnectionKind;

  @ApiProperty({ description: 'What is connected, in words, singular', example: 'Facebook Page' })
  kindName: string;

  @ApiProperty({
    ...PLATFORM_PROPERTY,
    description: 'Where consent for it is given: the one to which a reconnect leads',
  })
  consentPlatform: Platform;

  @ApiProperty({ description: "The platform's own id of the account" })
  accountId: string;

  @ApiProperty()
  displayName: string;

  @ApiProperty({ type: String, nullable: true })
  username: string | null;

  @ApiProperty({ type: String, nullable: true })
  avatarUrl: string | null;

  @ApiProperty({ enum: STATUSES, enumName: 'ConnectionStatus' })
  status: ConnectionStatus;

  @ApiProperty({ type: ReasonView, nullable: true, description: 'Why it is not simply connected' })
  reason: ReasonView | null;

  @ApiProperty({ enum: ACTIONS, enumName: 'Action', nullable: true, description: 'The one action that mends it' })
  action: Action | null;

  @ApiProperty({ format: 'date-time' })
  statusSince: string;

  @ApiProperty({ type: DeadlineView, nullable: true, description: 'What Mooring cannot move by itself' })
  deadline: DeadlineView | null;

  @ApiProperty({ description: 'Advice: the consent behind it has ended while this account still works.' })
  consentAdvised: boolean;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastRefreshedAt: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastCheckedAt: string | null;

  @ApiProperty({ description: 'Grows with every change that is announced' })
  version: number;
}

export class PersonView {
  @ApiProperty()
  subject: string;

  @ApiProperty({ type: String, nullable: true })
  name: string | null;
}

export class ConnectionAbilities {
  @ApiProperty()
  reconnect: boolean;

  @ApiProperty()
  refresh: boolean;

  @ApiProperty()
  check: boolean;

  @ApiProperty()
  disconnect: boolean;
}

/** One thing that a connection may be good for. */
export class CapabilityStateView {
  @ApiProperty({ enum: CAPABILITIES, enumName: 'Capability' })
  capability: Capability;

  @ApiProperty({
    enum: CAPABILITY_STATES,
    enumName: 'CapabilityState',
    description: '`unknown`: the platform does not say which permissions were granted',
  })
  state: CapabilityState;

  @ApiProperty({ type: [String], description: 'Permissions that it lacks, as the platform names them' })
  missingScopes: readonly string[];
}

export class GuidanceView {
  @ApiProperty({ description: 'What to do at this platform, in sentences for people' })
  text: string;

  @ApiProperty({ enum: ACTIONS, enumName: 'Action' })
  action: Action;
}

export class ConnectionDetail extends ConnectionView {
  @ApiProperty({ format: 'date-time' })
  connectedAt: string;

  @ApiProperty({ type: PersonView })
  connectedBy: PersonView;

  @ApiProperty({ format: 'date-time', description: 'When a person last consented at the platform' })
  consentedAt: string;

  @ApiProperty({ type: String, nullable: true, description: 'Whose account at the platform gave the consent' })
  consentedAs: string | null;

  @ApiProperty({ type: [String] })
  grantedScopes: string[];

  @ApiProperty({ type: [String] })
  missingScopes: string[];

  @ApiProperty({ type: [CapabilityStateView], description: 'What the granted permissions are enough for' })
  capabilities: CapabilityStateView[];

  @ApiProperty({ type: GuidanceView, nullable: true, description: 'How to mend it; null where nothing is broken' })
  guidance: GuidanceView | null;

  @ApiProperty({ description: 'The platform lets apps read what was posted there: `…/posts` answers it.' })
  showsPosts: boolean;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  tokenExpiresAt: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  dataAccessExpiresAt: string | null;

  @ApiProperty({ description: 'Where the person manages what apps may do, in words' })
  manageAccessAt: string;

  @ApiProperty({ type: ConnectionAbilities, description: 'What the caller may do with it now' })
  abilities: ConnectionAbilities;
}

export class ConnectionPage {
  @ApiProperty({ type: [ConnectionView], description: 'What needs attention comes first.' })
  data: ConnectionView[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;

  @ApiProperty()
  hasMore: boolean;
}

export class ConnectionsSummary {
  @ApiProperty({ description: 'Without disconnected ones' })
  total: number;

  @ApiProperty()
  connected: number;

  @ApiProperty()
  expiringSoon: number;

  @ApiProperty()
  needsReconnect: number;

  @ApiProperty()
  disconnected: number;
}
