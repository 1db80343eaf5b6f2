import { CONNECTION_KINDS, PLATFORMS } from '@mooring/adapters';
import {
  type ActivatedConnection,
  type ActivateGrantRequest,
  type ConnectionKind,
  type OpenPendingGrantRequest,
  type Platform,
  TENANT_ID_PATTERN,
} from '@mooring/contracts';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';

const TOKEN_LENGTH_MAX = 16_384;
const CONNECTIONS_MAX = 500;
const SCOPES_MAX = 100;

/** Body of `POST /internal/pending-grants`. */
export class OpenPendingGrantDto implements OpenPendingGrantRequest {
  @IsUUID() readonly sessionId: string;
  @Matches(TENANT_ID_PATTERN) readonly workspaceId: string;
  @IsIn(PLATFORMS) readonly platform: Platform;
  @IsString() @IsNotEmpty() @MaxLength(TOKEN_LENGTH_MAX) readonly accessToken: string;
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(TOKEN_LENGTH_MAX) readonly refreshToken?: string;
  @IsOptional() @IsInt() @Min(0) readonly expiresInSeconds?: number;
  @IsOptional() @IsInt() @Min(0) readonly refreshExpiresInSeconds?: number;
  @IsOptional() @IsArray() @ArrayMaxSize(SCOPES_MAX) @IsString({ each: true }) readonly answeredScopes?: string[];
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(256) readonly subjectId?: string;
  @IsArray() @ArrayMaxSize(SCOPES_MAX) @IsString({ each: true }) readonly requestedScopes: string[];
}

/** One chosen connection. */
export class ActivatedConnectionDto implements ActivatedConnection {
  @IsUUID() readonly connectionId: string;
  @IsString() @IsNotEmpty() @MaxLength(256) readonly accountId: string;
  @IsIn(CONNECTION_KINDS) readonly kind: ConnectionKind;
  @IsInt() @Min(1) readonly activation: number;
}

/** Body of `POST /internal/pending-grants/{sessionId}/activate`. */
export class ActivateGrantDto implements ActivateGrantRequest {
  @Matches(TENANT_ID_PATTERN) readonly workspaceId: string;
  @IsIn(['connect', 'reconnect']) readonly purpose: 'connect' | 'reconnect';
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(CONNECTIONS_MAX)
  @ValidateNested({ each: true })
  @Type(() => ActivatedConnectionDto)
  readonly connections: ActivatedConnectionDto[];
}

/** Query of `DELETE /internal/pending-grants/{sessionId}`. */
export class DiscardPendingDto {
  @Matches(TENANT_ID_PATTERN) readonly workspaceId: string;
}

/** A session's id in a path. */
export class SessionPathDto {
  @IsUUID() readonly sessionId: string;
}
