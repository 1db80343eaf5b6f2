/** Where business dates come from (expiry, deadlines, reminders, link ages). Leases and retry delays use real time. */
export abstract class Clock {
  /** The business time now. */
  abstract now(): Date;
}

/** Moves the clock in tests and the demo; there is none in a production build. */
export interface ClockControl {
  /** Milliseconds between real and business time. */
  readonly offsetMs: number;
  /** Moves the clock and tells everybody who listens; resolves when all have been told. */
  setOffset(offsetMs: number): Promise<void>;
  /** Calls `listener` after every move; for the database's offset, say. */
  onMove(listener: (offsetMs: number) => Promise<void> | void): void;
  /** Takes the offset that `load` answers, without telling anybody; at boot, from the database. */
  loadFrom(load: () => Promise<number>): Promise<void>;
}
