import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { gateway } from './gateway.ts';
import { issuer } from './issuer.ts';
import { notifications } from './notifications.ts';
import { World } from './world.ts';

/** Gateway, notifications and identity provider behind one address. */
export interface MockServices {
  readonly url: string;
  readonly world: World;
  readonly stop: () => Promise<void>;
}

/** Starts the mock services on a free port, or on a given one. */
export async function startMockServices(port = 0): Promise<MockServices> {
  const world = new World();
  const app = express();
  const server = createServer(app);
  const url = await listen(server, port);
  app.use(
    '/oidc',
    issuer(() => `${url}/oidc`, 'urn:mooring:api'),
  );
  app.use(notifications(world));
  app.use(gateway(world));
  return { url, world, stop: () => close(server) };
}

/** Listens on the loopback address; resolves with the address. */
export async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Closes a server and what is still open on it. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
