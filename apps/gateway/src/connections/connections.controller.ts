import { Accepts, type Caller, CurrentCaller, RequiresScope } from '@mooring/runtime';
import { ActsInWorkspace, ApiProblems } from '@mooring/runtime/openapi';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ConnectionParams, WorkspaceParams } from '../api/tenant-params.dto.ts';
import { HistoryPage } from './connection-history.dto.ts';
import {
  ConnectionDetail,
  ConnectionPage,
  ConnectionsQuery,
  ConnectionsSummary,
  PageQuery,
} from './connections.dto.ts';
import { DescribeConnection } from './describe-connection.ts';
import { ListConnections } from './list-connections.ts';
import { ListHistory } from './list-history.ts';
import { SummarizeConnections } from './summarize-connections.ts';

@ApiTags('connections')
@ApiBearerAuth()
@ApiProblems()
@ActsInWorkspace()
@Accepts('people', 'services')
@RequiresScope('connections:read')
@Controller('v1')
export class ConnectionsController {
  constructor(
    private readonly list: ListConnections,
    private readonly summarize: SummarizeConnections,
    private readonly describe: DescribeConnection,
    private readonly listHistory: ListHistory,
  ) {}

  @Get('workspaces/:workspaceId/connections')
  @ApiOperation({ operationId: 'listConnections', summary: 'Connections of a workspace, attention first' })
  @ApiOkResponse({ type: ConnectionPage })
  page(
    @Param() { workspaceId }: WorkspaceParams,
    @Query() query: ConnectionsQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<ConnectionPage> {
    return this.list.run(caller, workspaceId, query);
  }

  @Get('workspaces/:workspaceId/connections/summary')
  @ApiOperation({ operationId: 'summarizeConnections', summary: 'How many connections are in which status' })
  @ApiOkResponse({ type: ConnectionsSummary })
  summary(@Param() { workspaceId }: WorkspaceParams, @CurrentCaller() caller: Caller): Promise<ConnectionsSummary> {
    return this.summarize.run(caller, workspaceId);
  }

  @Get('connections/:connectionId')
  @ApiOperation({ operationId: 'getConnection', summary: 'All about one connection' })
  @ApiOkResponse({ type: ConnectionDetail })
  detail(@Param() { connectionId }: ConnectionParams, @CurrentCaller() caller: Caller): Promise<ConnectionDetail> {
    return this.describe.run(caller, connectionId);
  }

  @Get('connections/:connectionId/events')
  @ApiOperation({ operationId: 'listConnectionEvents', summary: 'What happened to a connection, newest first' })
  @ApiOkResponse({ type: HistoryPage })
  events(
    @Param() { connectionId }: ConnectionParams,
    @Query() query: PageQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<HistoryPage> {
    return this.listHistory.run(caller, connectionId, query);
  }
}
