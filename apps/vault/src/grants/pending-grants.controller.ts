import { type ActivateGrantAnswer, type PendingGrantView, Secret } from '@mooring/contracts';
import { Accepts, OnPort, RequiresScope } from '@mooring/runtime';
import { Body, Controller, Delete, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ActivateGrant } from './activate-grant.ts';
import { DiscardPending } from './discard-pending.ts';
import { OpenPendingGrant } from './open-pending-grant.ts';
import { ActivateGrantDto, DiscardPendingDto, OpenPendingGrantDto, SessionPathDto } from './pending-grants.dto.ts';

/** Consents on their way from the platform's callback to a person's claim; for the gateway alone. */
@Controller('internal/pending-grants')
@OnPort('internal')
@Accepts('services')
@RequiresScope('vault:internal')
export class PendingGrantsController {
  constructor(
    private readonly openPendingGrant: OpenPendingGrant,
    private readonly activateGrant: ActivateGrant,
    private readonly discardPending: DiscardPending,
  ) {}

  @Post()
  @HttpCode(200)
  open(@Body() body: OpenPendingGrantDto): Promise<PendingGrantView> {
    const { sessionId, workspaceId, platform, accessToken, refreshToken } = body;
    const tokens = {
      accessToken: new Secret(accessToken),
      refreshToken: refreshToken === undefined ? null : new Secret(refreshToken),
      expiresInSeconds: body.expiresInSeconds ?? null,
      refreshExpiresInSeconds: body.refreshExpiresInSeconds ?? null,
      grantedScopes: body.answeredScopes ?? null,
      subjectId: body.subjectId ?? null,
    };
    return this.openPendingGrant.run({ sessionId, workspaceId, platform, tokens });
  }

  @Post(':sessionId/activate')
  @HttpCode(200)
  activate(@Param() { sessionId }: SessionPathDto, @Body() body: ActivateGrantDto): Promise<ActivateGrantAnswer> {
    return this.activateGrant.run({ sessionId, ...body });
  }

  @Delete(':sessionId')
  @HttpCode(204)
  async discard(@Param() { sessionId }: SessionPathDto, @Query() { workspaceId }: DiscardPendingDto): Promise<void> {
    await this.discardPending.run(workspaceId, sessionId);
  }
}
