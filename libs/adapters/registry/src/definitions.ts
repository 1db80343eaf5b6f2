import type { PlatformDefinition } from '@mooring/adapters-core';
import { LINKEDIN } from '@mooring/adapters-linkedin';
import { FACEBOOK, INSTAGRAM } from '@mooring/adapters-meta';
import { TIKTOK } from '@mooring/adapters-tiktok';
import { X } from '@mooring/adapters-x';

/** The only list of platforms: a new one is a folder and a line here. */
export const DEFINITIONS: readonly PlatformDefinition[] = [FACEBOOK, INSTAGRAM, LINKEDIN, TIKTOK, X];
