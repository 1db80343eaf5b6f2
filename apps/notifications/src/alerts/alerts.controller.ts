import { Accepts, type Caller, CurrentCaller } from '@mooring/runtime';
import { ActsInWorkspace, ApiProblems } from '@mooring/runtime/openapi';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { WorkspaceQuery } from '../api/workspace-query.dto.ts';
import { AlertsView, alertsView } from './alerts.dto.ts';
import { ListAlerts } from './list-alerts.ts';

/** Incidents that people are told of. */
@ApiTags('notifications')
@ApiBearerAuth()
@ApiProblems()
@ActsInWorkspace()
@Accepts('people')
@Controller('v1/alerts')
export class AlertsController {
  constructor(private readonly listAlertsCase: ListAlerts) {}

  @Get()
  @ApiOperation({ summary: 'Open and recent alerts of a workspace: one per incident, with the connections in it.' })
  @ApiOkResponse({ type: AlertsView })
  async listAlerts(@CurrentCaller() caller: Caller, @Query() { workspace }: WorkspaceQuery): Promise<AlertsView> {
    return alertsView(await this.listAlertsCase.run(caller, workspace));
  }
}
