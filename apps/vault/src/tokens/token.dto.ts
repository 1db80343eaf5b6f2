import { TENANT_ID_PATTERN, type TokenRequest } from '@mooring/contracts';
import { validationPipe } from '@mooring/runtime';
import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { IsUUID, Matches } from 'class-validator';

/** Body of `POST /v1/tokens`. */
export class TokenRequestDto implements TokenRequest {
  @Matches(TENANT_ID_PATTERN) readonly workspaceId: string;
  @IsUUID() readonly connectionId: string;
}

const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const MEMBERS = Object.keys({ workspaceId: '', connectionId: '' } satisfies TokenRequest).length;

function isPlainly(body: unknown): body is TokenRequest {
  if (typeof body !== 'object' || body === null || Object.keys(body).length !== MEMBERS) return false;
  const { workspaceId, connectionId } = body as Partial<Record<keyof TokenRequest, unknown>>;
  const areTexts = typeof workspaceId === 'string' && typeof connectionId === 'string';
  return areTexts && TENANT_ID_PATTERN.test(workspaceId) && UUID_PATTERN.test(connectionId);
}

/**
 * Takes in the body of a token read. The validator's own walk costs a tenth of the whole read, so a body that is plainly
 * right passes by it; any other goes to the validator, whose word it is.
 */
export class TokenRequestPipe implements PipeTransform<unknown, unknown> {
  readonly #validator = validationPipe();

  transform(body: unknown, metadata: ArgumentMetadata): unknown {
    return isPlainly(body) ? body : this.#validator.transform(body, { ...metadata, metatype: TokenRequestDto });
  }
}
