import { ROTATIONS, type Rotation } from './profile.ts';
import type { OAuthWorld } from './world.ts';

/** What the sandbox's switch `rotation` says, else what the platform does. */
export function rotationOf(world: OAuthWorld): Rotation {
  const chosen = world.switch('rotation');
  return ROTATIONS.find((rotation) => rotation === chosen) ?? world.profile.refresh.rotation;
}
