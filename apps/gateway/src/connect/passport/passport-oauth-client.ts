import { type ExchangedTokens, type PlatformAdapter, PlatformFailure } from '@mooring/adapters-core';
import type { Strategy } from 'passport';
import type { OAuthClient } from '../ports.ts';
import type { FlowRequest, OAuthFlow } from './flow-state-store.ts';
import type { FlowOptions } from './flow-strategy.ts';
import { runStrategy } from './run-strategy.ts';
import type { VerifierSeal } from './verifier-seal.ts';

/** passport-oauth2 wraps what the transport said. */
function failureIn(error: unknown): unknown {
  return error instanceof Error && 'oauthError' in error ? error.oauthError : error;
}

/** What a client is made of. */
export interface PassportOAuthClientInput {
  readonly strategy: Strategy;
  readonly adapter: PlatformAdapter;
  readonly redirectUri: string;
  readonly seal: VerifierSeal;
}

/** The OAuth client of one platform on its passport strategy, which makes the redirect and the code exchange. */
export class PassportOAuthClient implements OAuthClient {
  constructor(private readonly input: PassportOAuthClientInput) {}

  async authorize({ sessionId, state, rerequest, renews }: Parameters<OAuthClient['authorize']>[0]) {
    const { strategy, adapter, redirectUri, seal } = this.input;
    const flow: OAuthFlow = { state, verifier: null };
    const scopes = [...adapter.scopes];
    // No `state` in the options: a string there would pass our store by.
    const asked = { redirectUri, state, scopes, rerequest, ...(renews ? { renews } : {}) };
    const options: FlowOptions = { scope: scopes, asked };
    const outcome = await runStrategy(strategy, { query: {}, flow }, options);
    if (outcome.kind !== 'redirect') throw new PlatformFailure({ class: 'unexpected', detail: 'no consent page' });
    const sealedVerifier = flow.verifier === null ? null : await seal.seal(sessionId, flow.verifier);
    return { url: outcome.url, sealedVerifier };
  }

  async exchangeCode(request: Parameters<OAuthClient['exchangeCode']>[0]): Promise<ExchangedTokens> {
    const { sessionId, code, sealedVerifier } = request;
    const verifier = sealedVerifier && (await this.input.seal.open(sessionId, sealedVerifier));
    // State was checked and used up before; the strategy is given one that fits.
    const state = 'checked';
    const asked: FlowRequest = { query: { code: code.reveal(), state }, flow: { state, verifier } };
    try {
      const outcome = await runStrategy<ExchangedTokens>(this.input.strategy, asked, {});
      if (outcome.kind === 'success') return outcome.user;
    } catch (error) {
      const failure = failureIn(error);
      if (failure instanceof PlatformFailure) throw failure;
      // Nothing of the strategy's own error goes on: it may hold the answer.
      throw new PlatformFailure({ class: 'unexpected', detail: 'the code exchange failed' });
    }
    throw new PlatformFailure({ class: 'unexpected', detail: 'the code exchange led nowhere' });
  }
}
