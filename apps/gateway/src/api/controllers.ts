import { ConnectSessionsController } from '../connect/connect-sessions.controller.ts';
import { ConnectionsController } from '../connections/connections.controller.ts';
import { MendingController } from '../connections/mending.controller.ts';
import { PostsController } from '../connections/posts.controller.ts';
import { HubsController } from '../directory/hubs.controller.ts';
import { MeController } from '../directory/me.controller.ts';
import { WorkspacesController } from '../directory/workspaces.controller.ts';
import { PlatformsController } from '../platforms/platforms.controller.ts';
import { ReadinessController } from '../platforms/readiness.controller.ts';

/** The controllers of the documented API. */
export const API_CONTROLLERS = [
  MeController,
  PlatformsController,
  ReadinessController,
  ConnectSessionsController,
  ConnectionsController,
  PostsController,
  MendingController,
  HubsController,
  WorkspacesController,
];
