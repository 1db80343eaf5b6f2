import type { OpenAPIObject } from '@nestjs/swagger';

/** Holds the OpenAPI document from boot on; a holder, since the document is made from the finished app. */
export class ApiDocument {
  value: OpenAPIObject | null = null;
}
