import type { ContractErrorRow } from '@mooring/adapters-core/testing';
import { LINKEDIN_ERROR_ANSWERS } from '@mooring/adapters-linkedin/testing';
import { FACEBOOK_ERROR_ANSWERS, INSTAGRAM_ERROR_ANSWERS } from '@mooring/adapters-meta/testing';
import { TIKTOK_ERROR_ANSWERS } from '@mooring/adapters-tiktok/testing';
import { X_ERROR_ANSWERS } from '@mooring/adapters-x/testing';
import type { Platform } from '@mooring/contracts';

/** An answer of a platform as it comes over the wire, what it must mean, and which of the vault's calls meets it. */
export interface ErrorAnswer extends ContractErrorRow {
  /** publish: none of them; a publisher meets it. */
  readonly at: 'token' | 'api' | 'publish';
}

/** An answer for every row of every platform's error table. */
export const ERROR_ANSWERS: Readonly<Record<Platform, readonly ErrorAnswer[]>> = {
  facebook: FACEBOOK_ERROR_ANSWERS,
  instagram: INSTAGRAM_ERROR_ANSWERS,
  linkedin: LINKEDIN_ERROR_ANSWERS,
  tiktok: TIKTOK_ERROR_ANSWERS,
  x: X_ERROR_ANSWERS,
};
