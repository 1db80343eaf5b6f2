/** Where the messages of one listener go; the HTTP answer, or a test's list. */
export interface EventSink {
  send(text: string): void;
  /** Bytes that the listener has not taken yet. */
  readonly backlogBytes: number;
  close(): void;
  onClose(listener: () => void): void;
}
