/** The platforms' clock: real time plus an offset that the control API moves. Token lifetimes follow it. */
export class PlatformClock {
  offsetMs = 0;

  nowMs(): number {
    return Date.now() + this.offsetMs;
  }
}

export function toSeconds(ms: number): number {
  return Math.floor(ms / 1000);
}
