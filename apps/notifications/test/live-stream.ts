import { get, type IncomingMessage } from 'node:http';
import { createParser } from 'eventsource-parser';

/** A message as it came. */
export interface ReceivedMessage {
  readonly id: string;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** Reads the live stream as a page does. */
export class StreamReader {
  readonly messages: ReceivedMessage[] = [];
  comments = 0;
  /** Resolves when the stream has ended, from whichever side. */
  readonly ended: Promise<void>;
  readonly #response: IncomingMessage;
  #waiting: (() => void)[] = [];

  private constructor(response: IncomingMessage) {
    this.#response = response;
    this.ended = this.#read().catch(() => undefined);
  }

  static async open(url: string, headers: Record<string, string>): Promise<StreamReader> {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get(url, { headers, agent: false }, resolve).on('error', reject);
    });
    if (response.statusCode !== 200) {
      response.destroy();
      throw new Error(`the stream answered ${response.statusCode}`);
    }
    return new StreamReader(response);
  }

  /** The first message of this kind that fits. */
  async next(event: string, fits: (message: ReceivedMessage) => boolean = () => true): Promise<ReceivedMessage> {
    for (;;) {
      const found = this.messages.find((message) => message.event === event && fits(message));
      if (found) return found;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  close(): void {
    this.#response.destroy();
  }

  async #read(): Promise<void> {
    const parser = createParser({
      onEvent: ({ id, event, data }) => {
        this.messages.push({ id: id ?? '', event: event ?? '', data: JSON.parse(data) as Record<string, unknown> });
        this.#wake();
      },
      onComment: () => {
        this.comments += 1;
        this.#wake();
      },
    });
    this.#response.setEncoding('utf8');
    for await (const chunk of this.#response) parser.feed(chunk as string);
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
