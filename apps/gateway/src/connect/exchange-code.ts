import type { CallbackOutcome, CallbackParameters, ExchangedTokens, PlatformAdapter } from '@mooring/adapters-core';
import { PlatformFailure } from '@mooring/adapters-core';
import { platformNames } from '@mooring/adapters';
import { type FailureClass, MooringError, type ProblemCode, Secret } from '@mooring/contracts';
import { Injectable, Logger } from '@nestjs/common';
import type { ConnectSession } from './connect-session.ts';
import { OAuthClients } from './ports.ts';

const CODE_BY_FAILURE: Readonly<Record<FailureClass, ProblemCode>> = {
  misconfigured: 'platform_misconfigured',
  permission_missing: 'permissions_declined',
  // The platform doesn't take the code: used before, or nobody knows it.
  reauthorization_required: 'security_check_failed',
  user_action_required: 'platform_unavailable',
  transient: 'platform_unavailable',
  rate_limited: 'platform_unavailable',
  unexpected: 'platform_unavailable',
};

type Refusal = Exclude<CallbackOutcome, { kind: 'code' }>;

const CODE_BY_REFUSAL: Readonly<Record<Refusal['kind'], ProblemCode>> = {
  declined: 'permissions_declined',
  misconfigured: 'platform_misconfigured',
  unavailable: 'platform_unavailable',
};

/** Turns the platform's redirect into tokens. State, browser and age were checked before. */
@Injectable()
export class ExchangeCode {
  readonly #logger = new Logger(ExchangeCode.name);

  constructor(private readonly clients: OAuthClients) {}

  /** Throws MooringError with one of the connect flow's codes; an operator's fault is told to the operator. */
  async run(
    adapter: PlatformAdapter,
    session: ConnectSession,
    parameters: CallbackParameters,
  ): Promise<ExchangedTokens> {
    const outcome = adapter.readCallback(parameters);
    if (outcome.kind !== 'code') throw this.#refused(session, outcome);
    const client = this.clients.get(session.platform);
    if (!client) throw this.#problem(session, 'platform_misconfigured');
    const { id: sessionId, sealedVerifier } = session;
    try {
      return await client.exchangeCode({ sessionId, code: new Secret(outcome.code), sealedVerifier });
    } catch (error) {
      if (error instanceof PlatformFailure) throw this.#failed(session, error);
      throw error;
    }
  }

  #refused(session: ConnectSession, outcome: Refusal): MooringError {
    if (outcome.kind === 'misconfigured') this.#tellOperator(session, outcome.detail);
    return this.#problem(session, CODE_BY_REFUSAL[outcome.kind]);
  }

  #failed(session: ConnectSession, failure: PlatformFailure): MooringError {
    if (failure.class === 'misconfigured') this.#tellOperator(session, failure.message);
    if (failure.reason === 'token_lapsed') return this.#problem(session, 'link_expired', failure);
    return this.#problem(session, CODE_BY_FAILURE[failure.class], failure);
  }

  #tellOperator({ platform }: ConnectSession, detail: string): void {
    this.#logger.error({ msg: 'the app at the platform is misconfigured', platform, detail });
  }

  #problem({ platform }: ConnectSession, code: ProblemCode, cause?: unknown): MooringError {
    return new MooringError(code, { parameters: { Platform: platformNames(platform).name }, cause });
  }
}
