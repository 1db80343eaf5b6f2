import { facebookControl } from '../control/facebook.ts';
import { facebookPanel } from '../control/facebook-panel.ts';
import type { PlayedPlatform } from '../platform.ts';
import { RequestLog } from '../request-log.ts';
import { dialogRouter } from './dialog.ts';
import { graphRouter } from './graph.ts';
import { emptyFacebookState, type FacebookState } from './state.ts';
import { FacebookWorld } from './world.ts';

/** Facebook Login and Graph. */
export const FACEBOOK: PlayedPlatform = {
  name: 'facebook',
  title: 'Facebook',
  start(parts) {
    // What was kept by an earlier version may lack what was added since.
    const state: FacebookState = Object.assign(parts.state, { ...emptyFacebookState(), ...parts.state });
    state.switches = { ...emptyFacebookState().switches, ...state.switches };
    const { clientSecret } = parts.app;
    const world = new FacebookWorld({ ...parts, state });
    const log = new RequestLog();
    return {
      hosts: { 'www.facebook.com': dialogRouter(world, log), 'graph.facebook.com': graphRouter(world, log) },
      control: facebookControl(world, log),
      panel: () => facebookPanel(world, log),
      reset: () => {
        Object.assign(state, emptyFacebookState());
        world.app.clientSecret = clientSecret;
        world.faults.clear();
        world.notices.clear();
        world.nextDialog = undefined;
        world.nextToken = undefined;
        log.clear();
      },
    };
  },
};
