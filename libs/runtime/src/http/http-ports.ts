import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { markPort } from './port-of-request.ts';

/** An HTTP port of a service. */
export interface PortSettings {
  /** The name that `@OnPort` refers to. */
  readonly name: string;
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
}

/** Bounds on what one client may hold open. */
const REQUEST_TIMEOUT_MS = 30_000;
const HEADERS_TIMEOUT_MS = 10_000;
// Longer than the idle time of the usual load balancers (60 s), or they send into a closing connection.
const KEEP_ALIVE_TIMEOUT_MS = 65_000;
const HEADERS_COUNT_MAX = 100;

/** Starts listening; resolves with the port. */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}

/**
 * One application behind several HTTP servers: each marks its requests with the name of its port, which `@OnPort` reads.
 * (One Nest application per port would cost its providers, and some 40 MB, each time.)
 */
export class HttpPorts {
  readonly #servers = new Map<string, Server>();
  /** Connections that have not sent a request yet; browsers and clients open such spares, and the server counts them as busy. */
  readonly #unused = new Set<Socket>();
  #closed: Promise<void> | undefined;

  constructor(application: RequestListener, ports: readonly PortSettings[]) {
    for (const { name } of ports) this.#servers.set(name, this.#createServer(application, name, ports.length === 1));
    this.#ports = ports;
  }

  readonly #ports: readonly PortSettings[];

  /** Listens on all ports; answers the real port of each name. */
  async listen(): Promise<Readonly<Record<string, number>>> {
    const entries = await Promise.all(
      this.#ports.map(async ({ name, host, port }) => {
        const server = this.#servers.get(name);
        if (server === undefined) throw new Error(`no server for port ${name}`);
        return [name, await listen(server, host, port)] as const;
      }),
    );
    return Object.fromEntries(entries);
  }

  /** Takes no more connections and closes idle ones; requests in flight go on. Long answers (live streams) are the app's to end. */
  stopAccepting(): void {
    this.#closed ??= Promise.all(
      [...this.#servers.values()].map(
        (server) =>
          new Promise<void>((resolve) => {
            if (!server.listening) return resolve();
            server.close(() => resolve());
            server.closeIdleConnections();
            for (const socket of this.#unused) socket.destroy();
          }),
      ),
    ).then(() => undefined);
  }

  /** Resolves when the last answer has been sent. */
  async drained(): Promise<void> {
    this.stopAccepting();
    await this.#closed;
  }

  /** Cuts what is still open. */
  destroy(): void {
    for (const server of this.#servers.values()) server.closeAllConnections();
  }

  #createServer(application: RequestListener, name: string, exclusive: boolean): Server {
    const server = createServer((request, response) => {
      this.#unused.delete(request.socket);
      markPort(request, { name, exclusive });
      // While stopping, a kept-alive connection must not bring the next request.
      if (this.#closed !== undefined) response.shouldKeepAlive = false;
      response.on('finish', () => {
        if (this.#closed !== undefined) request.socket.end();
      });
      application(request, response);
    });
    server.on('connection', (socket: Socket) => {
      this.#unused.add(socket);
      socket.once('close', () => this.#unused.delete(socket));
    });
    server.requestTimeout = REQUEST_TIMEOUT_MS;
    server.headersTimeout = HEADERS_TIMEOUT_MS;
    server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT_MS;
    server.maxHeadersCount = HEADERS_COUNT_MAX;
    return server;
  }
}
