import { Accepts, type Caller, CurrentCaller } from '@mooring/runtime';
import { ActsInWorkspace, ApiProblems } from '@mooring/runtime/openapi';
import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { ConnectionParams } from '../api/tenant-params.dto.ts';
import { CreatedConnectSession } from '../connect/connect-sessions.dto.ts';
import { StartReconnect } from '../connect/start-reconnect.ts';
import { DisconnectConnection } from './disconnect-connection.ts';
import { AttemptStarted, Disconnected, DisconnectPreview, StartReconnectBody } from './mending.dto.ts';
import { PreviewDisconnect } from './preview-disconnect.ts';
import { RequestAttempt } from './request-attempt.ts';

/** What an owner, an admin or an acting hub admin does about a connection (L-03, L-19). */
@ApiTags('connections')
@ApiBearerAuth()
@ApiProblems()
@ActsInWorkspace()
@Accepts('people')
@Controller('v1/connections/:connectionId')
export class MendingController {
  constructor(
    private readonly requestAttempt: RequestAttempt,
    private readonly startReconnect: StartReconnect,
    private readonly previewDisconnect: PreviewDisconnect,
    private readonly disconnectConnection: DisconnectConnection,
  ) {}

  @Post('check')
  @HttpCode(202)
  @ApiOperation({ operationId: 'checkConnection', summary: 'Ask the platform now whether the connection lives' })
  @ApiAcceptedResponse({ type: AttemptStarted })
  check(@Param() { connectionId }: ConnectionParams, @CurrentCaller() caller: Caller): Promise<AttemptStarted> {
    return this.requestAttempt.run(caller, connectionId, 'check');
  }

  @Post('refresh')
  @HttpCode(202)
  @ApiOperation({ operationId: 'refreshConnection', summary: 'Renew the access now' })
  @ApiAcceptedResponse({ type: AttemptStarted })
  refresh(@Param() { connectionId }: ConnectionParams, @CurrentCaller() caller: Caller): Promise<AttemptStarted> {
    return this.requestAttempt.run(caller, connectionId, 'refresh');
  }

  @Post('reconnect-sessions')
  @ApiOperation({
    operationId: 'createReconnectSession',
    summary: 'Begin to reconnect this account',
    description:
      'Goes on as a connect session does; only the same account is accepted, and there is no choice to make.',
  })
  @ApiCreatedResponse({ type: CreatedConnectSession })
  reconnect(
    @Param() { connectionId }: ConnectionParams,
    @Body() body: StartReconnectBody,
    @CurrentCaller() caller: Caller,
  ): Promise<CreatedConnectSession> {
    return this.startReconnect.run(caller, { connectionId, ...body });
  }

  @Get('disconnect-preview')
  @ApiOperation({ operationId: 'previewDisconnect', summary: 'What disconnecting would do' })
  @ApiOkResponse({ type: DisconnectPreview })
  preview(@Param() { connectionId }: ConnectionParams, @CurrentCaller() caller: Caller): Promise<DisconnectPreview> {
    return this.previewDisconnect.run(caller, connectionId);
  }

  @Delete()
  @ApiOperation({
    operationId: 'disconnectConnection',
    summary: 'Disconnect; connecting the account again restores it',
  })
  @ApiOkResponse({ type: Disconnected })
  disconnect(@Param() { connectionId }: ConnectionParams, @CurrentCaller() caller: Caller): Promise<Disconnected> {
    return this.disconnectConnection.run(caller, connectionId);
  }
}
