import type { TokenRecord } from './state.ts';
import type { OAuthWorld } from './world.ts';

const TOKENS_MAX = 60_000;
/** Forgotten at once, so that the oldest aren't sought one by one. */
const TOKENS_FORGOTTEN = 6_000;

/** Finds tokens by value among many thousands, and forgets the oldest. */
export class TokenIndex {
  readonly #world: OAuthWorld;
  #byValue = new Map<string, TokenRecord>();

  constructor(world: OAuthWorld) {
    this.#world = world;
    this.reindex();
  }

  find(value: string): TokenRecord | undefined {
    return this.#byValue.get(value);
  }

  add(token: TokenRecord): void {
    const { tokens } = this.#world.state;
    tokens.push(token);
    this.#byValue.set(token.value, token);
    if (tokens.length <= TOKENS_MAX) return;
    for (const forgotten of tokens.splice(0, TOKENS_FORGOTTEN)) this.#byValue.delete(forgotten.value);
  }

  reindex(): void {
    this.#byValue = new Map(this.#world.state.tokens.map((token) => [token.value, token]));
  }
}
