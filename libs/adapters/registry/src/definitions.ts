import type { PlatformDefinition } from '@mooring/adapters-core';
import { FACEBOOK, INSTAGRAM } from '@mooring/adapters-meta';
import { TIKTOK } from '@mooring/adapters-tiktok';

/** The only list of platforms: a new one is a folder and a line here. */
export const DEFINITIONS: readonly PlatformDefinition[] = [FACEBOOK, INSTAGRAM, TIKTOK];
