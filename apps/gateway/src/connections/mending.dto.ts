import type { RevocationResultCode } from '@mooring/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional, IsString, Length } from 'class-validator';
import { RETURN_URL_LENGTH_MAX } from '../connect/connect-sessions.dto.ts';
import { ConnectionView } from './connections.dto.ts';

/** What came of letting a connection go at the platform. */
export const REVOCATION_RESULTS = [
  'revoked',
  'kept_for_siblings',
  'failed',
  'unsupported',
  'pending',
  'superseded',
] as const satisfies readonly RevocationResultCode[];

export class AttemptStarted {
  @ApiProperty({
    format: 'uuid',
    description:
      '`ConnectionChecked` or `ConnectionRefreshed` with this attempt id tells the end, also when nothing changed.',
  })
  attemptId: string;
}

export class StartReconnectBody {
  @ApiProperty({ description: 'Where the browser comes back to; must be on the allow-list' })
  @IsString()
  @Length(1, RETURN_URL_LENGTH_MAX)
  returnUrl: string;

  @ApiPropertyOptional({
    description: 'Have the platform ask once more, which account is meant too where it can: for after `wrong_account`',
  })
  @IsOptional()
  @IsBoolean()
  rerequest?: boolean;
}

export class SiblingView {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty()
  displayName: string;

  @ApiProperty()
  kind: string;

  @ApiProperty({ description: 'In words, singular' })
  kindName: string;
}

export class DisconnectPreview {
  @ApiProperty({ type: ConnectionView })
  connection: ConnectionView;

  @ApiProperty({ type: [SiblingView], description: 'Connections of the same consent; they go on working.' })
  siblings: SiblingView[];

  @ApiProperty({ description: 'Access is taken back at the platform, since no sibling needs it.' })
  revokesAtPlatform: boolean;

  @ApiProperty({ type: [String], description: 'What will happen, in sentences for people' })
  consequences: string[];
}

export class RevocationView {
  @ApiProperty({ enum: REVOCATION_RESULTS, enumName: 'RevocationResult' })
  result: RevocationResultCode;

  @ApiProperty({ description: 'In a sentence, for people' })
  message: string;

  @ApiProperty({ description: 'Where the person can take access back by hand, in words' })
  manageAccessAt: string;
}

export class Disconnected {
  @ApiProperty({ type: ConnectionView })
  connection: ConnectionView;

  @ApiProperty({ type: RevocationView })
  revocation: RevocationView;
}
