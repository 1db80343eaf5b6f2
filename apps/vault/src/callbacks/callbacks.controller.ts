import { isPlatform } from '@mooring/adapters';
import { MooringError, type Platform } from '@mooring/contracts';
import { OnPort, Public, type RawBodyRequest } from '@mooring/runtime';
import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import { AnswerChallenge } from './answer-challenge.ts';
import { type CallbackAnswer, ReceiveCallback } from './receive-callback.ts';

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
  receive(
    @Param('platform') platform: string,
    @Param('name') name: string,
    @Req() request: RawBodyRequest,
  ): Promise<CallbackAnswer> {
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([header, value]) => [
        header,
        Array.isArray(value) ? value.join(', ') : value,
      ]),
    );
    const body = request.rawBody ?? Buffer.alloc(0);
    return this.receiveCallback.run(known(platform), name, { path: request.path, headers, body });
  }

  @Get(':platform/:name')
  challenge(
    @Param('platform') platform: string,
    @Param('name') name: string,
    @Query() query: Record<string, unknown>,
    @Res() response: Response,
  ): void {
    const { contentType, body } = this.answerChallenge.run(known(platform), name, query);
    response.type(contentType).send(body);
  }
}

function known(platform: string): Platform {
  if (!isPlatform(platform)) throw new MooringError('not_found');
  return platform;
}
