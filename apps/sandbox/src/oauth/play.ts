import type { PlayedPlatform } from '../platform.ts';
import { oauthControl } from './control.ts';
import { hostRouter, type HostWire } from './host.ts';
import { oauthPanel } from './panel.ts';
import type { OAuthProfile } from './profile.ts';
import { emptyOAuthState, type OAuthState } from './state.ts';
import { OAuthWorld } from './world.ts';

/** Plays an OAuth platform: its profile, and the wire formats of each of its hosts. */
export function playOAuth(profile: OAuthProfile, hosts: Record<string, HostWire>): PlayedPlatform {
  return {
    name: profile.name,
    title: profile.title,
    start(parts) {
      const empty = emptyOAuthState(profile.switches ?? {});
      // What was kept by an earlier version may lack what was added since.
      const state: OAuthState = Object.assign(parts.state, { ...empty, ...parts.state });
      state.switches = { ...empty.switches, ...state.switches };
      const world = new OAuthWorld({ ...parts, profile, state });
      return {
        hosts: Object.fromEntries(Object.entries(hosts).map(([host, wire]) => [host, hostRouter(world, wire)])),
        control: oauthControl(world),
        panel: () => oauthPanel(world),
        reset: () => world.reset(),
      };
    },
  };
}
