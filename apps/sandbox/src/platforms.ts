import { FACEBOOK } from './meta/platform.ts';
import type { PlayedPlatform } from './platform.ts';

/** Every platform that the sandbox plays, in the order of the control page. */
export const PLATFORMS: PlayedPlatform[] = [FACEBOOK];
