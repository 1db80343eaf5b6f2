/** Thrown by a handler when trying again can't help: the event goes to the group's dead letters at once. */
export class PermanentError extends Error {
  override readonly name: string = 'PermanentError';
}

/** Thrown when a record's bytes, headers or data aren't an event of a known type. Permanent: the record is poison. */
export class PoisonError extends PermanentError {
  override readonly name = 'PoisonError';
  /** What is wrong, for counting: never a value of the record. */
  readonly kind: 'undecodable' | 'unknown_type' | 'invalid_data';

  constructor(kind: PoisonError['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

/** Thrown when a handler outlives its deadline. Transient: the event goes to the next retry lane. */
export class DeadlineExceededError extends Error {
  override readonly name = 'DeadlineExceededError';
}

/** Thrown by a producer when the bus can't be reached or doesn't answer in time. The records may still have landed. */
export class BusUnavailableError extends Error {
  override readonly name = 'BusUnavailableError';
}

/** Thrown by a producer when the bus refuses records for what they are (too large, invalid): sending again can't help. */
export class RecordRejectedError extends Error {
  override readonly name = 'RecordRejectedError';
}
