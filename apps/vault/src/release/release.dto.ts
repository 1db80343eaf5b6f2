import type { ReleaseRequest } from '@mooring/contracts';
import { TENANT_ID_PATTERN } from '@mooring/contracts';
import { IsInt, IsUUID, Matches, Min } from 'class-validator';

/** Body of `POST /internal/releases`. */
export class ReleaseRequestDto implements ReleaseRequest {
  @Matches(TENANT_ID_PATTERN) readonly workspaceId: string;
  @IsUUID() readonly grantId: string;
  @IsUUID() readonly connectionId: string;
  @IsInt() @Min(1) readonly activation: number;
  @IsUUID() readonly releaseId: string;
}
