import { Public } from '@mooring/runtime';
import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController, type OpenAPIObject } from '@nestjs/swagger';

/** Holds the document from boot on; a holder, since the document is made from the finished app. */
export class ApiDocument {
  value: OpenAPIObject | null = null;
}

@ApiExcludeController()
@Public()
@Controller('v1/openapi.json')
export class OpenApiController {
  constructor(private readonly document: ApiDocument) {}

  @Get()
  read(): OpenAPIObject | null {
    return this.document.value;
  }
}
