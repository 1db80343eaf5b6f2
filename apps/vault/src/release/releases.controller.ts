import type { ReleaseAnswer } from '@mooring/contracts';
import { Accepts, OnPort, RequiresScope } from '@mooring/runtime';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ReleaseConnection } from './release-connection.ts';
import { ReleaseRequestDto } from './release.dto.ts';

/** The gateway's try for a quick answer to a disconnect. */
@Controller('internal/releases')
@OnPort('internal')
@Accepts('services')
@RequiresScope('vault:internal')
export class ReleasesController {
  constructor(private readonly releaseConnection: ReleaseConnection) {}

  @Post()
  @HttpCode(200)
  release(@Body() request: ReleaseRequestDto): Promise<ReleaseAnswer> {
    return this.releaseConnection.run(request);
  }
}
