import { createParser } from 'eventsource-parser';

/** A message of the live stream. */
export interface LiveMessage {
  readonly id: string | undefined;
  readonly event: string;
  readonly data: unknown;
}

/** Reads the live stream as a product's page does, resuming where it was cut. */
export class LiveListener {
  readonly messages: LiveMessage[] = [];
  readonly #stopped = new AbortController();
  #lastId: string | undefined;

  constructor(url: string, headers: () => Promise<Record<string, string>>) {
    void this.#listen(url, headers);
  }

  /** Texts of the toasts that arrived so far. */
  get toasts(): string[] {
    return this.messages.flatMap(({ event, data }) => {
      if (event !== 'toast' || typeof data !== 'object' || data === null) return [];
      const { text, message } = data as { text?: unknown; message?: unknown };
      return [text ?? message].filter((each) => typeof each === 'string');
    });
  }

  close(): void {
    this.#stopped.abort();
  }

  async #listen(url: string, headers: () => Promise<Record<string, string>>): Promise<void> {
    const parser = createParser({
      onEvent: (message) => {
        this.#lastId = message.id ?? this.#lastId;
        this.messages.push({ id: message.id, event: message.event ?? 'message', data: parse(message.data) });
      },
    });
    while (!this.#stopped.signal.aborted) {
      try {
        const resume: Record<string, string> = this.#lastId ? { 'last-event-id': this.#lastId } : {};
        const answer = await fetch(url, { headers: { ...(await headers()), ...resume }, signal: this.#stopped.signal });
        if (answer.ok && answer.body) {
          const decoder = new TextDecoder();
          for await (const chunk of answer.body) parser.feed(decoder.decode(chunk, { stream: true }));
        }
      } catch {
        // The service may be down for a moment; the stream resumes by its last id.
      }
      parser.reset();
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
