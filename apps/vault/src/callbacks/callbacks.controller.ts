import { isPlatform } from '@mooring/adapters';
import { MooringError, type Platform } from '@mooring/contracts';
import { OnPort, Public, type RawBodyRequest } from '@mooring/runtime';
import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { AnswerChallenge } from './answer-challenge.ts';
import type { Response } from 'express';
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
    private readonly answerChallenge: AnswerChallenge,
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
  challenge(
    @Param('platform') platform: string,
    @Param('name') name: string,
    @Query() query: Record<string, unknown>,
    @Res() response: Response,
  ): void {
    const { contentType, body } = this.answerChallenge.run(platformOf(platform, name), query);
    response.type(contentType).send(body);
  }
}

function platformOf(platform: string, name: string): Platform {
  if (!isPlatform(platform) || !CALLBACK_NAMES.has(name)) throw new MooringError('not_found');
  return platform;
}
