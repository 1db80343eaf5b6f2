import type { PolicyData } from '@mooring/contracts';

/** True where tokens of the platform are renewed by a refresh token. */
export function usesRefreshToken({ refreshKind }: Pick<PolicyData, 'refreshKind'>): boolean {
  return refreshKind === 'reusable' || refreshKind === 'rotating';
}

/** True where renewing spends what it renews with. */
export function spendsOnce({ refreshKind }: Pick<PolicyData, 'refreshKind'>): boolean {
  return refreshKind === 'rotating';
}

/** The platform's policy as it holds for one grant: without a refresh token there is nothing to renew it by (C13, C14). */
export function effectivePolicy(policy: PolicyData, grant: { readonly hasRefreshToken: boolean }): PolicyData {
  return usesRefreshToken(policy) && !grant.hasRefreshToken ? { ...policy, refreshKind: 'none' } : policy;
}
