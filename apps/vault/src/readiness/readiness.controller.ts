import type { PlatformReadinessAnswer } from '@mooring/contracts';
import { Accepts, OnPort, RequiresScope } from '@mooring/runtime';
import { Controller, Get } from '@nestjs/common';
import { ListReadiness } from './list-readiness.ts';

/** For operators, through the gateway. */
@Controller('internal/platforms')
@OnPort('internal')
@Accepts('services')
@RequiresScope('vault:internal')
export class ReadinessController {
  constructor(private readonly listReadiness: ListReadiness) {}

  @Get('readiness')
  async list(): Promise<PlatformReadinessAnswer> {
    return { platforms: await this.listReadiness.run() };
  }
}
