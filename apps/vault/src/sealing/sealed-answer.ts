import type { SealedToken } from './sealed-token.entity.ts';

/** A token of a grant's own, sealed for the generation that the answer makes, with its clocks. */
export type SealedOwnToken = Pick<
  SealedToken,
  'generation' | 'blob' | 'issuedAt' | 'expiresAt' | 'dataAccessExpiresAt'
> & { readonly kind: 'access' | 'refresh' };

/** What a platform answered to a renewal, sealed before anything else is done with it. */
export interface SealedAnswer {
  /** The generation whose tokens were spent for it. */
  readonly baseGeneration: number;
  /** The key that it is sealed under. */
  readonly dataKeyId: string;
  /** The access token, and the refresh token where there is a new one. */
  readonly tokens: readonly SealedOwnToken[];
}
