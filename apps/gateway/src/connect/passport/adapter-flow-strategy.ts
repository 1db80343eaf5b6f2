import { createHash, randomBytes } from 'node:crypto';
import type { AuthorizationFlow, PlatformAdapter } from '@mooring/adapters-core';
import { Secret } from '@mooring/contracts';
import { Strategy } from 'passport';
import type { FlowRequest } from './flow-state-store.ts';
import type { FlowOptions, FlowStrategyInput } from './flow-strategy.ts';

/** RFC 7636 section 4.1 wants 43 characters at least. */
const VERIFIER_BYTES = 32;

type AdapterFlow = Extract<AuthorizationFlow, { strategy: 'adapter' }>;

function challengeOf(pkce: Exclude<PlatformAdapter['pkce'], 'none'>, verifier: string): string {
  return createHash('sha256')
    .update(verifier)
    .digest(pkce === 'S256' ? 'base64url' : 'hex');
}

function adapterFlow({ flow, platform }: PlatformAdapter): AdapterFlow {
  if (flow.strategy !== 'adapter') throw new RangeError(`${platform} has a passport package of its own`);
  return flow;
}

/**
 * One passport strategy for every platform without a package: the adapter makes the address and exchanges the code, the
 * strategy makes the PKCE verifier and carries state and verifier as the packages' strategies do.
 */
export class AdapterFlowStrategy extends Strategy {
  // No `#` members: passport runs a strategy on an object that only inherits from it.
  private readonly adapterFlow: AdapterFlow;

  constructor(private readonly input: FlowStrategyInput) {
    super();
    this.adapterFlow = adapterFlow(input.adapter);
  }

  override authenticate(request: unknown, options: unknown): void {
    const asked = request as FlowRequest;
    const code = asked.query['code'];
    if (code === undefined) this.redirect(this.consentPage(asked, options as FlowOptions));
    else this.exchange(asked, code);
  }

  private consentPage({ flow }: FlowRequest, { asked }: FlowOptions): string {
    const { adapter } = this.input;
    if (adapter.pkce === 'none') return this.adapterFlow.authorizationUrl(asked);
    flow.verifier = randomBytes(VERIFIER_BYTES).toString('base64url');
    return this.adapterFlow.authorizationUrl({ ...asked, codeChallenge: challengeOf(adapter.pkce, flow.verifier) });
  }

  private exchange({ flow }: FlowRequest, code: string): void {
    const codeVerifier = flow.verifier === null ? null : new Secret(flow.verifier);
    const { redirectUri } = this.input;
    this.adapterFlow.exchangeCode({ code: new Secret(code), redirectUri, codeVerifier }).then(
      (tokens) => this.success(tokens),
      (error: unknown) => this.error(error),
    );
  }
}
