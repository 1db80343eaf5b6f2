import type { Router } from 'express';
import type { CanaryMint } from './canary.ts';
import type { PlatformClock } from './clock.ts';
import type { AppSettings } from './config.ts';

export interface PlatformParts {
  app: AppSettings;
  publicUrl: string;
  clock: PlatformClock;
  mint: CanaryMint;
  /** What the platform remembered before the last stop, or an empty object; it is kept as it stands after `changed`. */
  state: object;
  changed: () => void;
}

/** One platform at work. */
export interface RunningPlatform {
  /** What answers at each of the platform's hosts: `www.example.com` is mounted at `/www.example.com`. */
  hosts: Record<string, Router>;
  /** Mounted at `/control/{name}`. */
  control: Router;
  /** Puts everything back to the beginning. */
  reset: () => void;
  /** The platform's part of the control page. */
  panel: () => string;
}

/** A platform that the sandbox plays. */
export interface PlayedPlatform {
  name: string;
  title: string;
  start: (parts: PlatformParts) => RunningPlatform;
}
