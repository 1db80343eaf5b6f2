import { Accepts, type Caller, CurrentCaller } from '@mooring/runtime';
import { ApiProblems } from '@mooring/runtime/openapi';
import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DescribeMe } from './describe-me.ts';
import { Me } from './directory.dto.ts';

@ApiTags('directory')
@ApiBearerAuth()
@ApiProblems()
@Accepts('people')
@Controller('v1/me')
export class MeController {
  constructor(private readonly describeMe: DescribeMe) {}

  @Get()
  @ApiOperation({ operationId: 'getMe', summary: 'Who I am, and where I may go' })
  @ApiOkResponse({ type: Me })
  me(@CurrentCaller() caller: Caller): Promise<Me> {
    return this.describeMe.run(caller);
  }
}
