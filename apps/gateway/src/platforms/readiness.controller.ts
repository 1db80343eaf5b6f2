import { Accepts, type Caller, CurrentCaller, RequiresScope } from '@mooring/runtime';
import { ApiProblems } from '@mooring/runtime/openapi';
import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DescribeReadiness } from './describe-readiness.ts';
import { ReadinessList } from './readiness.dto.ts';

/** For operators: people who connect are only told that a platform isn't available. */
@ApiTags('platforms')
@ApiBearerAuth()
@ApiProblems()
@Accepts('people', 'services')
@RequiresScope('platforms:read')
@Controller('v1/platforms/readiness')
export class ReadinessController {
  constructor(private readonly describeReadiness: DescribeReadiness) {}

  @Get()
  @ApiOperation({
    operationId: 'getPlatformsReadiness',
    summary: 'Whether the operator’s apps at the platforms are in order',
    description: 'For services with `platforms:read`, and for people who administer a hub.',
  })
  @ApiOkResponse({ type: ReadinessList })
  readiness(@CurrentCaller() caller: Caller): Promise<ReadinessList> {
    return this.describeReadiness.run(caller);
  }
}
