import { Clock, type ClockControl } from './clock-port.ts';

export { Clock, type ClockControl } from './clock-port.ts';

/** Real time. */
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}

/** The clock of this process: real time here, a movable one under the export condition `@mooring/testing`. */
export const processClock: Clock = new SystemClock();

/** How the clock is moved: not at all in a production build. */
export const clockControl: ClockControl | undefined = undefined;
