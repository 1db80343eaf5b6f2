import { randomBytes } from 'node:crypto';

/** Stands in every opaque token, code and client secret of the sandbox, so that a leak can be searched for. */
export const CANARY = 'CANARY';

const VALUES_MAX = 50_000;

export interface IssuedCanaries {
  /** Strings any of which betrays a secret: the marker, and the header that the issued JWTs have in common. */
  markers: string[];
  values: string[];
}

function randomTail(length: number): string {
  return randomBytes(length).toString('base64').replace(/[+/=]/g, 'Z').slice(0, length);
}

/** Issues secrets that look like the platform's own, and remembers each for the leak scan. */
export class CanaryMint {
  readonly #issued: IssuedCanaries;
  readonly #changed: () => void;
  readonly #known: Set<string>;

  constructor(issued: IssuedCanaries, changed: () => void) {
    this.#issued = issued;
    this.#changed = changed;
    this.#known = new Set(issued.values);
    if (!issued.markers.includes(CANARY)) issued.markers.push(CANARY);
  }

  mint(prefix: string, length: number): string {
    const value = `${prefix}${CANARY}${randomTail(length - prefix.length - CANARY.length)}`;
    this.remember(value);
    return value;
  }

  remember(value: string): void {
    if (value.split('.').length === 3) this.#rememberJwtHeader(value);
    if (this.#known.has(value)) return;
    this.#known.add(value);
    this.#issued.values.push(value);
    if (this.#issued.values.length > VALUES_MAX) this.#known.delete(this.#issued.values.shift() ?? '');
    this.#changed();
  }

  issued(): IssuedCanaries {
    return this.#issued;
  }

  // Base64 can't spell the marker inside a JWT; its header is the same for every token of one key and serves instead.
  #rememberJwtHeader(jwt: string): void {
    const header = `${jwt.split('.')[0]}.`;
    if (!this.#issued.markers.includes(header)) this.#issued.markers.push(header);
  }
}
