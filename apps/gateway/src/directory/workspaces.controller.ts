import { Accepts, RequiresScope } from '@mooring/runtime';
import { ApiProblems } from '@mooring/runtime/openapi';
import { Body, Controller, Delete, HttpCode, Param, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { WorkspaceParams, WorkspaceSubjectParams } from '../api/tenant-params.dto.ts';
import { MemberView, PutMemberBody, PutWorkspaceBody, WorkspaceView } from './directory.dto.ts';
import { PutMember } from './put-member.ts';
import { PutWorkspace } from './put-workspace.ts';
import { RemoveMember } from './remove-member.ts';

/** The directory, which the product keeps: who belongs to which workspace in which role. */
@ApiTags('directory')
@ApiBearerAuth()
@ApiProblems()
@Accepts('services')
@RequiresScope('directory:write')
@Controller('v1/workspaces/:workspaceId')
export class WorkspacesController {
  constructor(
    private readonly putWorkspace: PutWorkspace,
    private readonly putMember: PutMember,
    private readonly removeMember: RemoveMember,
  ) {}

  @Put()
  @ApiOperation({ operationId: 'putWorkspace', summary: 'Make or change a workspace' })
  @ApiOkResponse({ type: WorkspaceView })
  workspace(@Param() { workspaceId }: WorkspaceParams, @Body() body: PutWorkspaceBody): Promise<WorkspaceView> {
    return this.putWorkspace.run({ id: workspaceId, ...body });
  }

  @Put('members/:subject')
  @ApiOperation({ operationId: 'putMember', summary: 'Add a person to a workspace, or change role and address' })
  @ApiOkResponse({ type: MemberView })
  member(@Param() params: WorkspaceSubjectParams, @Body() body: PutMemberBody): Promise<MemberView> {
    return this.putMember.run({ ...params, ...body });
  }

  @Delete('members/:subject')
  @HttpCode(204)
  @ApiOperation({ operationId: 'removeMember', summary: 'Take a person out of a workspace' })
  @ApiNoContentResponse()
  memberGone(@Param() params: WorkspaceSubjectParams): Promise<void> {
    return this.removeMember.run(params);
  }
}
