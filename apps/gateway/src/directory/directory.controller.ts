import { Accepts, RequiresScope } from '@mooring/runtime';
import { Body, Controller, Delete, HttpCode, Param, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../api/problem.dto.ts';
import { HubParams, HubSubjectParams, WorkspaceParams, WorkspaceSubjectParams } from '../api/tenant-params.dto.ts';
import {
  HubAdminView,
  HubView,
  MemberView,
  PutHubBody,
  PutMemberBody,
  PutPersonBody,
  PutWorkspaceBody,
  WorkspaceView,
} from './directory.dto.ts';
import { PutHubAdmin, RemoveHubAdmin } from './put-hub-admin.ts';
import { PutHub } from './put-hub.ts';
import { PutMember } from './put-member.ts';
import { PutWorkspace } from './put-workspace.ts';
import { RemoveMember } from './remove-member.ts';

/** The directory, which the product keeps: who belongs to which workspace in which role. */
@ApiTags('directory')
@ApiBearerAuth()
@ApiProblems()
@Accepts('services')
@RequiresScope('directory:write')
@Controller('v1')
export class DirectoryController {
  constructor(
    private readonly putHub: PutHub,
    private readonly putHubAdmin: PutHubAdmin,
    private readonly removeHubAdmin: RemoveHubAdmin,
    private readonly putWorkspace: PutWorkspace,
    private readonly putMember: PutMember,
    private readonly removeMember: RemoveMember,
  ) {}

  @Put('hubs/:hubId')
  @ApiOperation({ operationId: 'putHub', summary: 'Make or change a hub' })
  @ApiOkResponse({ type: HubView })
  hub(@Param() { hubId }: HubParams, @Body() body: PutHubBody): Promise<HubView> {
    return this.putHub.run({ id: hubId, ...body });
  }

  @Put('hubs/:hubId/admins/:subject')
  @ApiOperation({ operationId: 'putHubAdmin', summary: 'Make a person a hub admin, or change what is known of one' })
  @ApiOkResponse({ type: HubAdminView })
  hubAdmin(@Param() params: HubSubjectParams, @Body() body: PutPersonBody): Promise<HubAdminView> {
    return this.putHubAdmin.run({ ...params, ...body });
  }

  @Delete('hubs/:hubId/admins/:subject')
  @HttpCode(204)
  @ApiOperation({ operationId: 'removeHubAdmin', summary: "Take a hub admin's rights back" })
  @ApiNoContentResponse()
  hubAdminGone(@Param() params: HubSubjectParams): Promise<void> {
    return this.removeHubAdmin.run(params);
  }

  @Put('workspaces/:workspaceId')
  @ApiOperation({ operationId: 'putWorkspace', summary: 'Make or change a workspace' })
  @ApiOkResponse({ type: WorkspaceView })
  workspace(@Param() { workspaceId }: WorkspaceParams, @Body() body: PutWorkspaceBody): Promise<WorkspaceView> {
    return this.putWorkspace.run({ id: workspaceId, ...body });
  }

  @Put('workspaces/:workspaceId/members/:subject')
  @ApiOperation({ operationId: 'putMember', summary: 'Add a person to a workspace, or change role and address' })
  @ApiOkResponse({ type: MemberView })
  member(@Param() params: WorkspaceSubjectParams, @Body() body: PutMemberBody): Promise<MemberView> {
    return this.putMember.run({ ...params, ...body });
  }

  @Delete('workspaces/:workspaceId/members/:subject')
  @HttpCode(204)
  @ApiOperation({ operationId: 'removeMember', summary: 'Take a person out of a workspace' })
  @ApiNoContentResponse()
  memberGone(@Param() params: WorkspaceSubjectParams): Promise<void> {
    return this.removeMember.run(params);
  }
}
