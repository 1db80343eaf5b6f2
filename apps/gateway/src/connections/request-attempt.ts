import { type DurationMs, minutes, newEvent } from '@mooring/contracts';
import { type Caller, currentTraceparent } from '@mooring/runtime';
import { Injectable } from '@nestjs/common';
import { uuidv7 } from 'uuidv7';
import { RateLimits } from '../throttle/rate-limits.ts';
import { ConnectionDoor, type Mendable } from './connection-door.ts';

/** A person waits for it: what isn't begun by then is not begun at all. */
const LAPSES_AFTER_MS: DurationMs = minutes(2);

/** What a person asks of the platform about one connection. */
export type AttemptKind = 'check' | 'refresh';

/** Sends the vault a command about a connection's grant, for a person who waits for the end of it. */
@Injectable()
export class RequestAttempt {
  constructor(
    private readonly door: ConnectionDoor,
    private readonly limits: RateLimits,
  ) {}

  async run(caller: Caller, connectionId: string, kind: AttemptKind): Promise<{ attemptId: string }> {
    const attemptId = uuidv7();
    await this.door.mend(caller, connectionId, async (mendable) => {
      this.limits.attempts.take(`${kind} ${connectionId}`);
      await mendable.stores.announce(commandOf(mendable, kind, attemptId));
    });
    return { attemptId };
  }
}

function commandOf({ connection, standing, now }: Mendable, kind: AttemptKind, attemptId: string) {
  const grantId = connection.grantId ?? '';
  const event = {
    service: 'gateway',
    subject: grantId,
    workspaceId: connection.workspaceId,
    key: grantId,
    time: now,
    traceparent: currentTraceparent(),
  } as const;
  // Real time, as all of `notAfter`: how long a command may wait is no business date.
  const notAfter = new Date(Date.now() + LAPSES_AFTER_MS).toISOString();
  const command = { grantId, attemptId, requestedBy: standing.caller.subject, trigger: 'person', notAfter } as const;
  if (kind === 'check') return newEvent({ type: 'InspectRequested', ...event, data: command });
  const data = { ...command, generation: connection.grantGeneration };
  return newEvent({ type: 'RefreshRequested', ...event, data });
}
