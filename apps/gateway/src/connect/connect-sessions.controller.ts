import { Accepts, type Caller, CurrentCaller } from '@mooring/runtime';
import { ActsInWorkspace, ApiProblems } from '@mooring/runtime/openapi';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ConnectSessionParams, WorkspaceParams } from '../api/tenant-params.dto.ts';
import { ChooseAccounts } from './choose-accounts.ts';
import { ClaimConnectSession } from './claim-connect-session.ts';
import {
  ClaimBody,
  ConnectOutcome,
  ConnectSessionView,
  CreateConnectSessionBody,
  CreatedConnectSession,
  SelectionBody,
} from './connect-sessions.dto.ts';
import { CreateConnectSession } from './create-connect-session.ts';
import { DescribeConnectSession } from './describe-connect-session.ts';

@ApiTags('connect')
@ApiBearerAuth()
@ApiProblems()
@ActsInWorkspace()
@Accepts('people')
@Controller('v1')
export class ConnectSessionsController {
  constructor(
    private readonly create: CreateConnectSession,
    private readonly describe: DescribeConnectSession,
    private readonly claimSession: ClaimConnectSession,
    private readonly choose: ChooseAccounts,
  ) {}

  @Post('workspaces/:workspaceId/connect-sessions')
  @ApiOperation({
    operationId: 'createConnectSession',
    summary: 'Begin to connect accounts of a platform',
    description:
      'The browser opens `startUrl` and comes back to `returnUrl#session=…&result=…`, on success and on failure; ' +
      'the person who began then claims the session with both values.',
  })
  @ApiCreatedResponse({ type: CreatedConnectSession })
  begin(
    @Param() { workspaceId }: WorkspaceParams,
    @Body() body: CreateConnectSessionBody,
    @CurrentCaller() caller: Caller,
  ): Promise<CreatedConnectSession> {
    return this.create.run(caller, { workspaceId, ...body });
  }

  @Get('connect-sessions/:sessionId')
  @ApiOperation({ operationId: 'getConnectSession', summary: 'How far a connect session is; for the one who began it' })
  @ApiOkResponse({ type: ConnectSessionView })
  state(@Param() { sessionId }: ConnectSessionParams, @CurrentCaller() caller: Caller): Promise<ConnectSessionView> {
    return this.describe.run(caller, sessionId);
  }

  @Post('connect-sessions/:sessionId/claim')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'claimConnectSession',
    summary: 'Take what the browser brought back',
    description:
      'Answers the accounts to choose from; a reconnect needs no choice and is carried out at once. A session that ' +
      'failed answers its problem. Claiming again with the same code answers the same.',
  })
  @ApiOkResponse({ type: ConnectOutcome })
  claim(
    @Param() { sessionId }: ConnectSessionParams,
    @Body() { result }: ClaimBody,
    @CurrentCaller() caller: Caller,
  ): Promise<ConnectOutcome> {
    return this.claimSession.run(caller, { sessionId, result });
  }

  @Post('connect-sessions/:sessionId/selection')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'selectAccounts',
    summary: 'Connect the chosen accounts',
    description: 'A session that is still `activating` in the answer finishes by itself.',
  })
  @ApiOkResponse({ type: ConnectOutcome })
  select(
    @Param() { sessionId }: ConnectSessionParams,
    @Body() { accounts }: SelectionBody,
    @CurrentCaller() caller: Caller,
  ): Promise<ConnectOutcome> {
    return this.choose.run(caller, { sessionId, accounts });
  }
}
