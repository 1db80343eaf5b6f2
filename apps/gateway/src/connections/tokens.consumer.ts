import { FAILURE_RULES, type FailureData, type MooringEvent } from '@mooring/contracts';
import { OnEvent } from '@mooring/messaging';
import { Controller } from '@nestjs/common';
import { FinishActivation } from '../connect/finish-activation.ts';
import { Transactions } from '../storage/ports.ts';
import { type FinishedAttempt, NoteGrantState } from './note-grant-state.ts';
import { NoteRevocation } from './note-revocation.ts';

const FINDING = { kind: 'finding' } as const;

function refused({ class: failureClass, exhausted }: FailureData): boolean {
  return exhausted || FAILURE_RULES[failureClass].final;
}

/** What the vault says about grants. */
@Controller()
export class TokensConsumer {
  constructor(
    private readonly transactions: Transactions,
    private readonly noteGrantState: NoteGrantState,
    private readonly finishActivation: FinishActivation,
    private readonly noteRevocation: NoteRevocation,
  ) {}

  @OnEvent('TokenStored')
  stored(event: MooringEvent<'TokenStored'>): Promise<void> {
    return this.finishActivation.hear(event);
  }

  @OnEvent('TokenRefreshed')
  refreshed(event: MooringEvent<'TokenRefreshed'>): Promise<void> {
    const { attempt } = event.data;
    return this.#note(event, { attempt, result: { type: 'ConnectionRefreshed', outcome: 'refreshed' } });
  }

  @OnEvent('TokenRefreshFailed')
  refreshFailed(event: MooringEvent<'TokenRefreshFailed'>): Promise<void> {
    const { attempt, failure } = event.data;
    const outcome = refused(failure) ? 'refused' : 'failed';
    return this.#note(event, { attempt, result: { type: 'ConnectionRefreshed', outcome } });
  }

  @OnEvent('TokenInspected')
  inspected(event: MooringEvent<'TokenInspected'>): Promise<void> {
    const { attempt, answered } = event.data;
    return this.#note(event, { attempt, result: { type: 'ConnectionChecked', answered } });
  }

  @OnEvent('TokenRevoked')
  revoked(event: MooringEvent<'TokenRevoked'>): Promise<void> {
    return this.transactions.onceFor(event, async (stores) => {
      await this.noteRevocation.run(stores, event.data);
      await this.noteGrantState.run(stores, event.data.grant, FINDING, null);
    });
  }

  #note(
    event: MooringEvent<'TokenRefreshed' | 'TokenRefreshFailed' | 'TokenInspected'>,
    finished: FinishedAttempt,
  ): Promise<void> {
    return this.transactions.onceFor(event, async (stores) => {
      await this.noteGrantState.run(stores, event.data.grant, FINDING, finished);
    });
  }
}
