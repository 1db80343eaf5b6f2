export const FAULT_KINDS = [
  'status',
  'reset',
  'hang',
  'half',
  'truncated',
  'slow',
  'html',
  'rate_limit',
  'transient',
  'graph',
  'blank_token',
] as const;
type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  kind: FaultKind;
  status?: number;
  retryAfterSeconds?: number;
  delayMs?: number;
  /** Endpoint names as in the request log; `oauth/access_token` also covers `oauth/access_token:code` and so on. */
  endpoints?: string[];
  /** How many requests it still strikes; without it, all until it is removed. */
  remaining?: number;
  /** The platform does its work before the fault strikes: the effect happened, its answer is lost. */
  afterEffect?: boolean;
  /** Platform error code and subcode, for the kinds that answer in the platform's own envelope. */
  code?: number;
  subcode?: number;
  message?: string;
}

function strikes(fault: Fault, endpoint: string): boolean {
  if (fault.endpoints === undefined) return !endpoint.startsWith('dialog/');
  return fault.endpoints.some((wanted) => endpoint === wanted || endpoint.startsWith(`${wanted}:`));
}

/** The fault that one platform shows at present. */
export class FaultBox {
  #fault: Fault | undefined;

  set(fault: Fault): void {
    this.#fault = { ...fault };
  }

  clear(): void {
    this.#fault = undefined;
  }

  current(): Fault | undefined {
    return this.#fault;
  }

  take(endpoint: string): Fault | undefined {
    const fault = this.#fault;
    if (fault === undefined || !strikes(fault, endpoint)) return undefined;
    if (fault.remaining !== undefined) {
      fault.remaining -= 1;
      if (fault.remaining <= 0) this.#fault = undefined;
    }
    return fault;
  }
}
