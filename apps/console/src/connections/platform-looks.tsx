import {
  IconBrandFacebookFilled,
  IconBrandInstagram,
  IconBrandLinkedinFilled,
  IconBrandTiktokFilled,
  IconBrandX,
  type IconProps,
  IconWorld,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';

/** How a platform looks: its sign and its colour. */
export interface PlatformLook {
  readonly name: string;
  readonly icon: ComponentType<IconProps>;
  /** Behind the sign. */
  readonly color: string;
  readonly ink: string;
}

const WHITE = '#fff';
/** Black in the light scheme, white in the dark one. */
const MONO = { color: 'var(--mono)', ink: 'var(--on-mono)' } as const;

const LOOKS: Readonly<Record<string, PlatformLook>> = {
  facebook: { name: 'Facebook', icon: IconBrandFacebookFilled, color: '#0866ff', ink: WHITE },
  instagram: { name: 'Instagram', icon: IconBrandInstagram, color: '#c32a80', ink: WHITE },
  linkedin: { name: 'LinkedIn', icon: IconBrandLinkedinFilled, color: '#0a66c2', ink: WHITE },
  tiktok: { name: 'TikTok', icon: IconBrandTiktokFilled, ...MONO },
  x: { name: 'X', icon: IconBrandX, ...MONO },
};

/** The look of a platform; one that the console doesn't know yet gets a neutral sign. */
export function platformLook(platform: string): PlatformLook {
  return LOOKS[platform] ?? { name: platform, icon: IconWorld, color: '#5f6e74', ink: WHITE };
}

/** What is connected, where the platform's sign stands beside it: the kind's name without the platform's. */
export function shortKindName({
  kindName,
  platform,
}: {
  readonly kindName: string;
  readonly platform: string;
}): string {
  const { name } = platformLook(platform);
  if (!kindName.startsWith(`${name} `)) return kindName;
  const rest = kindName.slice(name.length + 1);
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}
