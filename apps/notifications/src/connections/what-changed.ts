import type { ConnectionStateData } from '@mooring/contracts';
import type { SeenConnection } from './ports.ts';

/** The difference between what was last seen of a connection and what an event says of it. */
export interface Change {
  /** The newest state that is known, from whichever of the two. */
  readonly current: ConnectionStateData;
  /** The event is older than what was seen: its state is dropped, what it owes is not. */
  readonly stale: boolean;
  /** The connection came to need reconnecting: people have not been told of this cut-off. */
  readonly cutOff: boolean;
  /** The connection needed reconnecting and no longer does. */
  readonly recovered: boolean;
}

/** Compares by version and status, never by the type of the event. */
export function whatChanged(seen: SeenConnection | null, state: ConnectionStateData): Change {
  const before = seen?.state ?? null;
  if (before && state.version <= before.version) {
    return { current: before, stale: true, cutOff: false, recovered: false };
  }
  const wasCutOff = before?.status === 'needs_reconnect';
  const isCutOff = state.status === 'needs_reconnect';
  // Healed and cut off again between two events that arrived: another episode is another incident.
  const isAnother =
    wasCutOff && before.episodeId !== null && state.episodeId !== null && before.episodeId !== state.episodeId;
  return {
    current: state,
    stale: false,
    cutOff: isCutOff && (!wasCutOff || isAnother),
    recovered: wasCutOff && (!isCutOff || isAnother),
  };
}
