import { inspect } from 'node:util';

const REDACTED = '[redacted]';

/**
 * A value that must not leave memory by accident: it prints `[redacted]` wherever a value is turned into text
 * (string conversion, JSON, `util.inspect`). The only way to the text is {@link Secret.reveal}.
 */
export class Secret {
  readonly #value: string;

  /** @param value the sensitive text; blank values are refused, because a blank token is never a token. */
  constructor(value: string) {
    if (value.trim() === '') throw new RangeError('a secret must not be blank');
    this.#value = value;
  }

  /** The text itself. Call it where the text is used, and keep the result in no longer-lived variable. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}
