export const FAULT_KINDS = [
  'status',
  'reset',
  'hang',
  'half',
  'truncated',
  'slow',
  'html',
  'answer',
  'error_200',
  'blank_token',
  'no_refresh_token',
  'refresh_counts_down',
  'family_revoked',
  'rate_limit',
  'transient',
  'graph',
  'accounts_empty',
  'page_without_token',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  kind: FaultKind;
  status?: number;
  retryAfterSeconds?: number;
  /** `slow`: how late the answer comes; `hang`: after how long the connection breaks (absent: never); else a wait before the fault. */
  delayMs?: number;
  /** Kinds of calls as in the request log; `token` also covers `token.code` and so on. Absent: all but the consent page. */
  calls?: string[];
  /** Facebook's own endpoint names; `oauth/access_token` also covers `oauth/access_token:code` and so on. */
  endpoints?: string[];
  /** How many requests it still strikes; without it, all until it is removed. */
  remaining?: number;
  /** The platform does its work before the fault strikes: the effect happened, its answer is lost. */
  afterEffect?: boolean;
  /** Platform error code and subcode, for the kinds that answer in the platform's own envelope. */
  code?: number;
  subcode?: number;
  message?: string;
  /** `answer`: the body and headers to answer with, whatever was asked. */
  body?: unknown;
  headers?: Record<string, string>;
}

export interface StruckCall {
  kind: string;
  /** The platform's own name of what is called, where it has one. */
  endpoint: string;
}

const covers = (wanted: string, name: string): boolean =>
  name === wanted || name.startsWith(`${wanted}:`) || name.startsWith(`${wanted}.`);

function strikes(fault: Fault, call: StruckCall): boolean {
  const wanted = [...(fault.calls ?? []), ...(fault.endpoints ?? [])];
  if (fault.calls === undefined && fault.endpoints === undefined) return call.kind !== 'authorize';
  return wanted.some((name) => covers(name, call.kind) || covers(name, call.endpoint));
}

/** The faults that one platform shows at present; of several, the first that fits a call strikes it. */
export class FaultBox {
  #faults: Fault[] = [];

  set(...faults: Fault[]): void {
    this.#faults = faults.map((fault) => ({ ...fault }));
  }

  clear(): void {
    this.#faults = [];
  }

  /** The only fault, all where there are several, undefined without any. */
  current(): Fault | Fault[] | undefined {
    return this.#faults.length > 1 ? this.#faults : this.#faults[0];
  }

  take(call: StruckCall): Fault | undefined {
    const fault = this.#faults.find((candidate) => strikes(candidate, call));
    if (fault?.remaining === undefined) return fault;
    fault.remaining -= 1;
    if (fault.remaining <= 0) this.#faults = this.#faults.filter((candidate) => candidate !== fault);
    return fault;
  }
}
