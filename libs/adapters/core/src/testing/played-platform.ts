import type { FailureClass, Reason } from '@mooring/contracts';
import type { ExchangedTokens, PlatformAdapter } from '../adapter.ts';
import type { PlatformHttp } from '../platform-http.ts';

/** A platform that is played on this machine over HTTP: by the sandbox, or by a server of the test. */
export interface PlayedPlatform {
  /** As `http://127.0.0.1:1234`. */
  readonly origin: string;
  /** The adapter, taking `origin` for the platform's. */
  adapterAt(origin: string, http: PlatformHttp): PlatformAdapter;
  /** What a code exchange gave, for a person with at least one account that can be chosen. */
  consent(): Promise<ExchangedTokens>;
  /** Every secret that is in play by now: tokens, codes, the client secret. */
  secrets(): readonly string[];
  stop(): Promise<void>;
}

/** One answer of the platform and what it means. */
export interface ContractErrorRow {
  readonly title: string;
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly class: FailureClass;
  readonly reason: Reason | null;
}

/** What the suite needs to hold an adapter to the contract. */
export interface AdapterContract {
  play(): Promise<PlayedPlatform>;
  /** Every row of the adapter's error table. */
  readonly errorRows: readonly ContractErrorRow[];
  /** Makes a list in the platform's answer go on for ever; absent where discovery reads no list. */
  readonly endlessly?: (body: string) => string;
  /** Calls after which even an endless discovery must have ended. */
  readonly discoveryCallsMax: number;
  /** Verified call-backs are named by the last part of their path. */
  readonly callbackPaths: readonly string[];
}
