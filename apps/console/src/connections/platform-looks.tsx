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

const KIND_NAMES: Readonly<Record<string, string>> = {
  facebook_page: 'Facebook Page',
  instagram_page_account: 'Instagram account',
  instagram_account: 'Instagram account',
  linkedin_organization: 'LinkedIn Company Page',
  tiktok_account: 'TikTok account',
  x_account: 'X account',
};

const SHORT_KIND_NAMES: Readonly<Record<string, string>> = {
  facebook_page: 'Page',
  linkedin_organization: 'Company Page',
};

/** What is connected, where the platform's sign stands beside it. */
export function shortKindName(kind: string): string {
  return SHORT_KIND_NAMES[kind] ?? 'Account';
}

/** What is connected, in words. */
export function kindName(kind: string): string {
  return KIND_NAMES[kind] ?? kind.replaceAll('_', ' ');
}
