import { type GrantTokens, type InspectionTarget, PlatformFailure, type TokenInspection } from '@mooring/adapters-core';
import { hours, Secret } from '@mooring/contracts';
import { TestPlatform } from './test-adapter.ts';

interface Family {
  living: boolean;
  refresh: string;
  readonly accesses: Map<string, number>;
}

const LIFE_MS = hours(2);

/** What a test does to the next renewals. */
export interface RenewalFaults {
  /** Before the platform does anything. */
  before?: () => unknown;
  /** After it has done everything; the answer is lost when this throws. */
  after?: () => unknown;
}

/**
 * A platform whose refresh tokens are spent once: one that is used again ends every token of its family. Accounts are used
 * with the grant's own token, which tells a dead access token from a lapsed one no better than X does.
 */
export class StrictPlatform extends TestPlatform {
  readonly families: Family[] = [];
  readonly #spent = new Map<string, Family>();
  renewalFaults: RenewalFaults = {};
  /** Renewals that arrived. */
  renewals = 0;
  /** Renewals bring no new refresh token. */
  keepsRefreshToken = false;

  constructor(now: () => Date, revokesWholeSubject = false) {
    super(now, {
      platform: 'tiktok',
      accountTokens: false,
      dependsOnRefresh: true,
      refreshKind: 'rotating',
      revokesWholeSubject,
    });
    const establish = this.adapter.establish.bind(this.adapter);
    Object.assign(this.adapter, {
      establish: async (...given: Parameters<typeof establish>) => {
        const consent = await establish(...given);
        return { ...consent, tokens: this.#newFamily() };
      },
      refresh: (tokens: GrantTokens) => this.#refresh(tokens),
      inspect: (target: InspectionTarget) => Promise.resolve(this.#inspect(target)),
    });
  }

  override reset(): void {
    super.reset();
    this.renewalFaults = {};
    this.renewals = 0;
    this.keepsRefreshToken = false;
  }

  /** The family that was begun last. */
  get latest(): Family {
    return this.families.at(-1)!;
  }

  /** The newest access token of a family is this one. */
  isNewest(access: string, family = this.latest): boolean {
    return [...family.accesses.keys()].at(-1) === access;
  }

  #newFamily(): GrantTokens {
    const family: Family = { living: true, refresh: '', accesses: new Map() };
    this.families.push(family);
    return this.#issueFor(family);
  }

  #issueFor(family: Family): GrantTokens {
    const access = this.issue('access');
    const refresh = this.issue('refresh');
    const expiresAt = new Date(this.now().getTime() + LIFE_MS);
    family.refresh = refresh.value.reveal();
    family.accesses.set(access.value.reveal(), expiresAt.getTime());
    return { access: { ...access, expiresAt }, refresh: { ...refresh, expiresAt: null } };
  }

  async #refresh({ refresh }: GrantTokens): Promise<GrantTokens> {
    await this.renewalFaults.before?.();
    this.renewals += 1;
    const token = refresh?.value ?? new Secret('none');
    const family = this.families.find((one) => one.refresh === token.reveal());
    if (!family?.living) {
      // Reuse: X ends the family. Which one it was, the text of a spent token tells.
      const owner = this.#spent.get(token.reveal());
      if (owner) owner.living = false;
      throw invalidGrant();
    }
    this.#spent.set(family.refresh, family);
    const issued = this.#issueFor(family);
    await this.renewalFaults.after?.();
    return this.keepsRefreshToken ? { ...issued, refresh: null } : issued;
  }

  #inspect({ token }: InspectionTarget): TokenInspection {
    const family = this.families.find((one) => one.accesses.has(token.reveal()));
    const expiresAtMs = family?.accesses.get(token.reveal()) ?? 0;
    if (!family?.living || expiresAtMs <= this.now().getTime()) {
      return { alive: false, failure: invalidGrant(), renewalDecides: true };
    }
    return {
      alive: true,
      expiresAt: new Date(expiresAtMs),
      dataAccessExpiresAt: null,
      grantedScopes: ['pages_manage_posts'],
      missingScopes: [],
    };
  }
}

/** What a platform says of a refresh token that it doesn't take, whatever the cause. */
export const invalidGrant = (): PlatformFailure =>
  new PlatformFailure({ class: 'reauthorization_required', reason: 'unknown', platformCode: 'invalid_grant' });

/** The answer to a request that may have arrived is lost. */
export const noAnswer = (): PlatformFailure =>
  new PlatformFailure({ class: 'transient', detail: 'no complete answer (TIMEOUT)', mayHaveArrived: true });
