import type { PlatformUsage } from '@mooring/adapters-core';

/** TikTok documents no headers that tell how far its limits are used (developers.tiktok.com/docs/en/tiktok-api-v2-rate-limit). */
export function readUsage(): PlatformUsage | null {
  return null;
}
