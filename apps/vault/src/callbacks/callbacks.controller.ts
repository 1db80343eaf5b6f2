import { isPlatform, MooringError, type Platform } from '@mooring/contracts';
import { OnPort, Public, type RawBodyRequest } from '@mooring/runtime';
import { Controller, Get, Header, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { answerChallenge, type ChallengeQuery, CallbackVerifyTokens } from './callback-challenge.ts';
import { ReceiveCallback } from './receive-callback.ts';

/** Names of call-backs, as the last part of their address. */
const CALLBACK_NAMES: ReadonlySet<string> = new Set(['deauthorize', 'permissions']);

/** Where platforms tell of what happened there. Open to everybody; what isn't signed by the platform is refused. */
@Controller('webhooks')
@OnPort('callbacks')
@Public()
export class CallbacksController {
  constructor(
    private readonly receiveCallback: ReceiveCallback,
    private readonly verifyTokens: CallbackVerifyTokens,
  ) {}

  @Post(':platform/:name')
  @HttpCode(200)
  async receive(
    @Param('platform') platform: string,
    @Param('name') name: string,
    @Req() request: RawBodyRequest,
  ): Promise<Record<string, never>> {
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([header, value]) => [
        header,
        Array.isArray(value) ? value.join(', ') : value,
      ]),
    );
    const known = platformOf(platform, name);
    await this.receiveCallback.run(known, { path: request.path, headers, body: request.rawBody ?? Buffer.alloc(0) });
    return {};
  }

  @Get(':platform/:name')
  @Header('Content-Type', 'text/plain')
  challenge(@Param('platform') platform: string, @Param('name') name: string, @Query() query: ChallengeQuery): string {
    return answerChallenge(this.verifyTokens.of(platformOf(platform, name)), query);
  }
}

function platformOf(platform: string, name: string): Platform {
  if (!isPlatform(platform) || !CALLBACK_NAMES.has(name)) throw new MooringError('not_found');
  return platform;
}
