import { Accepts, RequiresScope } from '@mooring/runtime';
import { ApiProblems } from '@mooring/runtime/openapi';
import { Body, Controller, Delete, HttpCode, Param, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { HubParams, HubSubjectParams } from '../api/tenant-params.dto.ts';
import { HubAdminView, HubView, PutHubBody, PutPersonBody } from './directory.dto.ts';
import { PutHubAdmin, RemoveHubAdmin } from './put-hub-admin.ts';
import { PutHub } from './put-hub.ts';

/** The directory, which the product keeps: hubs and who administers them. */
@ApiTags('directory')
@ApiBearerAuth()
@ApiProblems()
@Accepts('services')
@RequiresScope('directory:write')
@Controller('v1/hubs/:hubId')
export class HubsController {
  constructor(
    private readonly putHub: PutHub,
    private readonly putHubAdmin: PutHubAdmin,
    private readonly removeHubAdmin: RemoveHubAdmin,
  ) {}

  @Put()
  @ApiOperation({ operationId: 'putHub', summary: 'Make or change a hub' })
  @ApiOkResponse({ type: HubView })
  hub(@Param() { hubId }: HubParams, @Body() body: PutHubBody): Promise<HubView> {
    return this.putHub.run({ id: hubId, ...body });
  }

  @Put('admins/:subject')
  @ApiOperation({ operationId: 'putHubAdmin', summary: 'Make a person a hub admin, or change what is known of one' })
  @ApiOkResponse({ type: HubAdminView })
  hubAdmin(@Param() params: HubSubjectParams, @Body() body: PutPersonBody): Promise<HubAdminView> {
    return this.putHubAdmin.run({ ...params, ...body });
  }

  @Delete('admins/:subject')
  @HttpCode(204)
  @ApiOperation({ operationId: 'removeHubAdmin', summary: "Take a hub admin's rights back" })
  @ApiNoContentResponse()
  hubAdminGone(@Param() params: HubSubjectParams): Promise<void> {
    return this.removeHubAdmin.run(params);
  }
}
