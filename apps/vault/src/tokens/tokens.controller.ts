import { MooringError, type TokenAnswer, type TokenRequest } from '@mooring/contracts';
import { Accepts, type Caller, CurrentCaller, METRICS, Metrics, OnPort, RequiresScope } from '@mooring/runtime';
import { Clock } from '@mooring/runtime/clock';
import { Body, Controller, Header, HttpCode, Post } from '@nestjs/common';
import { ReadToken } from './read-token.ts';
import { TokenRequestPipe } from './token.dto.ts';

/** The only answer of Mooring that carries a token: for trusted services, on a port of its own, audited. */
@Controller('v1/tokens')
@OnPort('tokens')
@Accepts('services')
@RequiresScope('tokens:read')
export class TokensController {
  readonly #reads: ReturnType<Metrics['counter']>;

  constructor(
    private readonly readToken: ReadToken,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    this.#reads = metrics.counter(METRICS.tokenReads);
  }

  @Post()
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  async read(@Body(TokenRequestPipe) body: TokenRequest, @CurrentCaller() caller: Caller): Promise<TokenAnswer> {
    // A service that is limited to other workspaces learns nothing of this one.
    if (caller.workspaces && !caller.workspaces.includes(body.workspaceId)) throw new MooringError('not_found');
    const { workspaceId } = body;
    const audit = {
      workspaceId,
      connectionId: body.connectionId.toLowerCase(),
      reader: `${caller.issuer}#${caller.subject}`,
    };
    let result = 'ok';
    try {
      return await this.readToken.run(audit, this.clock.now());
    } catch (error) {
      result = error instanceof MooringError ? error.code : 'internal_error';
      throw error;
    } finally {
      this.#reads.inc({ result });
    }
  }
}
