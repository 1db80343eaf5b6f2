import { LINKEDIN } from './linkedin/platform.ts';
import { INSTAGRAM } from './instagram/platform.ts';
import { FACEBOOK } from './meta/platform.ts';
import type { PlayedPlatform } from './platform.ts';
import { TIKTOK } from './tiktok/platform.ts';
import { X } from './x/platform.ts';

/** Every platform that the sandbox plays, in the order of the control page. */
export const PLATFORMS: PlayedPlatform[] = [FACEBOOK, INSTAGRAM, LINKEDIN, TIKTOK, X];
