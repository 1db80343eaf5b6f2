import { Public } from '@mooring/runtime';
import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController, type OpenAPIObject } from '@nestjs/swagger';
import { ApiDocument } from './api-document.ts';

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
