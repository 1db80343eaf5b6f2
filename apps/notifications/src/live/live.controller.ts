import { Accepts, type Caller, CurrentCaller } from '@mooring/runtime';
import { ActsInWorkspace, ApiProblems } from '@mooring/runtime/openapi';
import { Controller, Get, Headers, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { type Response } from 'express';
import { WorkspaceQuery } from '../api/workspace-query.dto.ts';
import { OpenLiveStream } from './open-live-stream.ts';
import { responseSink } from './response-sink.ts';

/** What happens, as it happens. */
@ApiTags('notifications')
@ApiBearerAuth()
@ApiProblems()
@ActsInWorkspace()
@Accepts('people')
@Controller('v1/live')
export class LiveController {
  constructor(private readonly openLiveStream: OpenLiveStream) {}

  @Get()
  @ApiOperation({
    summary:
      'Server-sent events of a workspace: toast, notice, alert, connection; ready at the start, reset after a gap.',
    description:
      'Read it with fetch and an Authorization header. Every message has an id; Last-Event-ID resumes after it. ' +
      'The stream ends by itself after some minutes: come back with Last-Event-ID.',
  })
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Id of the last message that was received.' })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ schema: { type: 'string' } })
  async live(
    @CurrentCaller() caller: Caller,
    @Query() { workspace }: WorkspaceQuery,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    await this.openLiveStream.run(caller, { workspaceId: workspace, lastEventId }, () => responseSink(response));
  }
}
