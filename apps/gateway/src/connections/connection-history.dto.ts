import { ApiProperty } from '@nestjs/swagger';
import { PersonView } from './connections.dto.ts';

/** What happened to a connection; further kinds may come. */
export const HISTORY_KINDS = [
  'ConnectionEstablished',
  'ConnectionRefreshed',
  'ConnectionChecked',
  'ConnectionReconnected',
  'ConnectionExpiringSoon',
  'ConnectionExpired',
  'ConnectionRecovered',
  'ConnectionScopesChanged',
  'ConnectionDisconnected',
  'RevocationReported',
] as const;

export class HistoryEntryView {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ enum: HISTORY_KINDS, enumName: 'HistoryKind' })
  kind: (typeof HISTORY_KINDS)[number];

  @ApiProperty({ format: 'date-time' })
  occurredAt: string;

  @ApiProperty({ description: 'In a sentence, for people' })
  summary: string;

  @ApiProperty({ type: PersonView, nullable: true, description: 'Who did it; null where Mooring did' })
  by: PersonView | null;

  @ApiProperty({ description: "A hub admin did it on the workspace's behalf." })
  onBehalfOfWorkspace: boolean;
}

export class HistoryPage {
  @ApiProperty({ type: [HistoryEntryView], description: 'The newest first' })
  data: HistoryEntryView[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;

  @ApiProperty()
  hasMore: boolean;
}
