import { MooringError } from '@mooring/contracts';
import type { Caller } from '@mooring/runtime';
import { Injectable } from '@nestjs/common';
import type { ConnectOutcome } from './connect-sessions.dto.ts';
import { DescribeOutcome } from './describe-outcome.ts';
import { FinishActivation } from './finish-activation.ts';
import { PlanReconnect } from './plan-reconnect.ts';
import { type OwnSession, SessionDoor } from './session-door.ts';

/** What the browser brought back. */
export interface Claim {
  readonly sessionId: string;
  readonly result: string;
}

/**
 * The person who began takes what the browser brought back. Somebody else, or nobody's result code: the session changed
 * hands. A reconnect needs no choice: it is carried out at once. Claiming again answers the same.
 */
@Injectable()
export class ClaimConnectSession {
  constructor(
    private readonly door: SessionDoor,
    private readonly planReconnect: PlanReconnect,
    private readonly finishActivation: FinishActivation,
    private readonly describeOutcome: DescribeOutcome,
  ) {}

  /** Throws MooringError `session_not_ready`, and what {@link SessionDoor} throws. */
  async run(caller: Caller, claim: Claim): Promise<ConnectOutcome> {
    const session = await this.door.enter(caller, claim, (own) => this.#take(own));
    if (session.state === 'activating') await this.finishActivation.run(session);
    return this.describeOutcome.run(session.workspaceId, session.id);
  }

  async #take(own: OwnSession): Promise<void> {
    const { session, state } = own;
    if (state === 'claimed' || state === 'activating' || state === 'done') return;
    if (state !== 'offered') throw new MooringError('session_not_ready', { parameters: { State: state } });
    session.state = 'claimed';
    if (session.purpose === 'reconnect') await this.planReconnect.run(own);
    await own.stores.sessions.save(session);
  }
}
