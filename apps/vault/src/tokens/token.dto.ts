import { TENANT_ID_PATTERN, type TokenRequest } from '@mooring/contracts';
import { IsUUID, Matches } from 'class-validator';

/** Body of `POST /v1/tokens`. */
export class TokenRequestDto implements TokenRequest {
  @Matches(TENANT_ID_PATTERN) readonly workspaceId: string;
  @IsUUID() readonly connectionId: string;
}
