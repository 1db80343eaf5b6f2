/** One message as it travels: bytes, not yet an event. */
export interface BusRecord {
  readonly topic: string;
  /** Order is promised per key; null gives no promise. */
  readonly key: string | null;
  /** The key as it arrived, where its bytes are not UTF-8. */
  readonly keyBytes?: Buffer;
  readonly value: Buffer;
  /** UTF-8 header values by name. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A record with the place it was read from. */
export interface ReceivedRecord extends BusRecord {
  readonly partition: number;
  /** Zero-based and growing within the partition. */
  readonly offset: bigint;
}

/** Sends records to one bus. One send is in flight at a time; every send is bounded in time. */
export interface BusProducer {
  /** Connects ahead of the first send; optional, since `send` connects by itself. Throws BusUnavailableError. */
  connect(): Promise<void>;
  /**
   * Resolves when the bus has acknowledged all records, in their order per key.
   * Throws BusUnavailableError (some may have landed) or RecordRejectedError (none of a rejected partition has).
   */
  send(records: readonly BusRecord[]): Promise<void>;
  close(): Promise<void>;
}
