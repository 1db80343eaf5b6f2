import { Public } from '@mooring/runtime';
import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ApiDocument } from './api-document.ts';

@ApiExcludeController()
@Public()
@Controller('v1/openapi.json')
export class OpenApiController {
  constructor(private readonly document: ApiDocument) {}

  @Get()
  @Header('content-type', 'application/json; charset=utf-8')
  read(): string {
    return this.document.text;
  }
}
