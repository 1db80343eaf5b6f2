/** Grants that a run of failures must be of, so that one bad grant says nothing about its platform. */
const GRANTS_TO_OPEN = 3;
/** Who asks for no grant in particular counts as one. */
const NOBODY = '';

/** Failures in a row, without an answer in between. */
export class FailureRun {
  #length = 0;
  readonly #grants = new Set<string>();
  readonly #failuresToOpen: number;

  constructor(failuresToOpen: number) {
    this.#failuresToOpen = failuresToOpen;
  }

  /** The platform answered. */
  end(): void {
    this.#length = 0;
    this.#grants.clear();
  }

  /** One more failure; true where they are enough to say that the platform is down. */
  add(grantId: string | null): boolean {
    this.#length += 1;
    if (this.#grants.size < GRANTS_TO_OPEN) this.#grants.add(grantId ?? NOBODY);
    return this.#length >= this.#failuresToOpen && this.#grants.size >= GRANTS_TO_OPEN;
  }
}
