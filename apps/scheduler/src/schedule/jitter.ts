import { createHash } from 'node:crypto';

/** A grant's own number in [0, 1): the same in every process and at every start, so that plans spread and stay put. */
export function stableJitter(grantId: string): number {
  return createHash('sha256').update(grantId).digest().readUInt32BE(0) / 2 ** 32;
}
