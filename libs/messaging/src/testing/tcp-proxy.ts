import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A TCP proxy on the loopback address that can be cut and frozen, to stand for a bus that is away. */
export interface TcpProxy {
  readonly port: number;
  /** Resets every connection and refuses new ones. */
  kill(): Promise<void>;
  /** Listens again on the same port. */
  restart(): Promise<void>;
  /** Keeps connections open and accepts new ones, but passes nothing on: a frozen server. */
  freeze(): void;
  /** Passes on again, what was held back included. */
  thaw(): void;
  close(): Promise<void>;
}

/** Starts a proxy to `target`; it begins killed when `isListening` is false. */
export async function startTcpProxy(target: { host: string; port: number }, isListening = true): Promise<TcpProxy> {
  const proxy = new LoopbackProxy(target);
  await proxy.reserve();
  if (!isListening) await proxy.kill();
  return proxy;
}

class LoopbackProxy implements TcpProxy {
  readonly #target: { host: string; port: number };
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #isFrozen = false;
  port = 0;

  constructor(target: { host: string; port: number }) {
    this.#target = target;
  }

  async reserve(): Promise<void> {
    await this.#listen(0);
  }

  async kill(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    const closed = new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
    for (const socket of this.#sockets) socket.resetAndDestroy();
    await closed;
  }

  async restart(): Promise<void> {
    this.#isFrozen = false;
    await this.#listen(this.port);
  }

  freeze(): void {
    this.#isFrozen = true;
    for (const socket of this.#sockets) socket.pause();
  }

  thaw(): void {
    this.#isFrozen = false;
    for (const socket of this.#sockets) socket.resume();
  }

  async close(): Promise<void> {
    await this.kill();
  }

  async #listen(port: number): Promise<void> {
    const server = createServer((client) => this.#join(client));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    this.port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  #join(client: Socket): void {
    const upstream = connect(this.#target.port, this.#target.host);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      this.#sockets.add(from);
      // Not pipe(): it would resume a frozen socket by itself when the other side drains.
      from.on('data', (chunk) => to.write(chunk));
      from.on('end', () => to.end());
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.#sockets.delete(from);
        to.destroy();
      });
      if (this.#isFrozen) from.pause();
    }
  }
}
