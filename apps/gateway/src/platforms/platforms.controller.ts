import { Accepts, type Caller, CurrentCaller } from '@mooring/runtime';
import { ActsInWorkspace, ApiProblems } from '@mooring/runtime/openapi';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ListPlatforms } from './list-platforms.ts';
import { PlatformList, PlatformsQuery } from './platforms.dto.ts';

@ApiTags('connect')
@ApiBearerAuth()
@ApiProblems()
@ActsInWorkspace()
@Accepts('people')
@Controller('v1/platforms')
export class PlatformsController {
  constructor(private readonly listPlatforms: ListPlatforms) {}

  @Get()
  @ApiOperation({ operationId: 'listPlatforms', summary: 'What can be connected here, what it needs, and why not' })
  @ApiOkResponse({ type: PlatformList })
  list(@Query() { workspace }: PlatformsQuery, @CurrentCaller() caller: Caller): Promise<PlatformList> {
    return this.listPlatforms.run(caller, workspace);
  }
}
