import { createServer } from 'node:http';
import { join } from 'node:path';
import { pino } from 'pino';
import { createEdge } from '../server/app.ts';
import { close, listen, type MockServices, startMockServices } from './mock/services.ts';

/** The real edge with the built page, before mock services. */
export interface Stage extends MockServices {
  readonly edgeUrl: string;
  /** Lines of the edge's log. */
  readonly log: string[];
}

const PAGE = join(import.meta.dirname, '../dist');

/** Starts everything on free ports. */
export async function startStage(): Promise<Stage> {
  const services = await startMockServices();
  const log: string[] = [];
  const settings = {
    host: '127.0.0.1',
    port: 0,
    gatewayUrl: services.url,
    notificationsUrl: services.url,
    vaultCallbacksUrl: services.url,
    oidcIssuer: `${services.url}/oidc`,
    oidcClientId: 'mooring-console',
    oidcResource: 'urn:mooring:api',
  };
  const lines = { write: (line: string) => void log.push(line) };
  const server = createServer(createEdge(settings, PAGE, pino({}, lines)));
  const edgeUrl = await listen(server, 0);
  const stop = async () => {
    await close(server);
    await services.stop();
  };
  return { ...services, edgeUrl, log, stop };
}
