import { isPlatform } from '@mooring/adapters';
import { MooringError } from '@mooring/contracts';
import { currentContext, Public } from '@mooring/runtime';
import { Controller, Get, Logger, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { isUUID } from 'class-validator';
import type { Request, Response } from 'express';
import { BrowserCookie } from './browser-cookie.ts';
import { readCallbackParameters } from './callback-parameters.ts';
import { CompleteAuthorization } from './complete-authorization.ts';
import { sendOn, showProblem } from './own-page.ts';
import { RedirectUris } from './redirect-uris.ts';
import { StartAuthorization } from './start-authorization.ts';

/** A parameter that is there once; one that comes twice is no parameter of ours. */
function single(request: Request, name: string): string | undefined {
  const value = request.query[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** What the browser itself opens: the way to the platform and the way back. It only ever gets redirects, or a plain page. */
@ApiExcludeController()
@Public()
@Controller('connect')
export class CallbackController {
  readonly #logger = new Logger(CallbackController.name);

  constructor(
    private readonly startAuthorization: StartAuthorization,
    private readonly completeAuthorization: CompleteAuthorization,
    private readonly redirectUris: RedirectUris,
  ) {}

  @Get('sessions/:sessionId/start')
  async start(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.#answer(response, async () => {
      const sessionId = String(request.params['sessionId']);
      if (!isUUID(sessionId)) throw new MooringError('security_check_failed');
      const { url, browser, redirectUri } = await this.startAuthorization.run(sessionId, (uri) =>
        new BrowserCookie(uri).read(request.headers.cookie),
      );
      response.append('Set-Cookie', new BrowserCookie(redirectUri).write(browser));
      return url;
    });
  }

  @Get(':platform/callback')
  async callback(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.#answer(response, () => {
      const platform = String(request.params['platform']);
      const redirectUri = isPlatform(platform) ? this.redirectUris.of(platform) : undefined;
      return this.completeAuthorization.run({
        platform,
        state: single(request, 'state'),
        browser: redirectUri && new BrowserCookie(redirectUri).read(request.headers.cookie),
        parameters: readCallbackParameters(request.query),
      });
    });
  }

  async #answer(response: Response, work: () => Promise<string>): Promise<void> {
    try {
      sendOn(response, await work());
    } catch (error) {
      const problem = error instanceof MooringError ? error : new MooringError('internal_error', { cause: error });
      if (problem.code === 'internal_error') this.#logger.error({ msg: 'a redirect failed', err: error });
      else this.#logger.warn({ msg: 'a redirect was refused', problemCode: problem.code });
      showProblem(response, problem, currentContext()?.requestId ?? '');
    }
  }
}
