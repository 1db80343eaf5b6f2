import type { TokenRecord } from './state.ts';
import type { OAuthWorld } from './world.ts';

const TOKENS_MAX = 80_000;
/** How many of the oldest are looked through at once when there are too many. */
const OLDEST = 40_000;

/** Finds tokens by value among many thousands. Of too many it forgets old ones: first those of no use any more. */
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
    if (tokens.length > TOKENS_MAX) this.#forget();
  }

  reindex(): void {
    this.#byValue = new Map(this.#world.state.tokens.map((token) => [token.value, token]));
  }

  #forget(): void {
    const { state, grants } = this.#world;
    const oldest = state.tokens.splice(0, OLDEST);
    const useful = oldest.filter((token) => grants.problem(token) === undefined);
    state.tokens.unshift(...useful.slice(-OLDEST / 2));
    const families = new Set(state.tokens.map((token) => token.familyId));
    for (const id of Object.keys(state.families)) if (!families.has(id)) delete state.families[id];
    this.reindex();
  }
}
