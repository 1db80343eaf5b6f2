import type { Response } from 'express';
import { type Connection, demoConnections, demoOffers, type Schemas } from './accounts.ts';

/** A refusal that the next call of an operation meets. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly action?: string;
}

/** What the mock services know and do; tests change it. */
export class World {
  connections: Connection[] = demoConnections();
  offers: Schemas['OfferedAccountView'][] = demoOffers();
  role: Schemas['MyWorkspace']['role'] = 'owner';
  plan: Schemas['PlanUse'] = { plan: 'professional', limit: 25, used: 8 };
  /** By "METHOD /path/prefix". */
  readonly refusals = new Map<string, Refusal>();
  readonly sessions = new Map<string, Schemas['ConnectOutcome']>();
  readonly streams = new Set<Response>();
  /** Acting-workspace headers seen, the newest last. */
  readonly acting: (string | undefined)[] = [];
  /** `Last-Event-ID` of every opened stream. */
  readonly resumed: (string | undefined)[] = [];
  liveAway = false;
  #lastId = 0;
  readonly #awaiting: (() => void)[] = [];

  /** Takes a listener of the live stream. */
  open(stream: Response): void {
    this.streams.add(stream);
    for (const resolve of this.#awaiting.splice(0)) resolve();
  }

  /** Resolves when a listener is there. */
  streamOpened(): Promise<void> {
    if (this.streams.size > 0) return Promise.resolve();
    return new Promise((resolve) => this.#awaiting.push(resolve));
  }

  /** Sends a message to every open stream. */
  tell(type: string, data: unknown): void {
    this.#lastId += 1;
    const text = `id: ${this.#lastId}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
    for (const stream of this.streams) stream.write(text);
  }

  /** Cuts every open stream. */
  cutStreams(): void {
    for (const stream of this.streams) stream.destroy();
    this.streams.clear();
  }

  summary(): Schemas['ConnectionsSummary'] {
    const count = (status: Connection['status']) => this.connections.filter((one) => one.status === status).length;
    return {
      total: this.connections.length - count('disconnected'),
      connected: count('connected'),
      expiringSoon: count('expiring_soon'),
      needsReconnect: count('needs_reconnect'),
      disconnected: count('disconnected'),
    };
  }

  find(id: string): Connection | undefined {
    return this.connections.find((one) => one.id === id);
  }

  change(id: string, different: Partial<Connection>): void {
    this.connections = this.connections.map((one) => (one.id === id ? { ...one, ...different } : one));
  }
}
