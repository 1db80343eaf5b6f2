import type { PlatformUsage } from '@mooring/adapters-core';

/** Bulletin says nothing of its limits in headers. */
export function readUsage(): PlatformUsage | null {
  return null;
}
