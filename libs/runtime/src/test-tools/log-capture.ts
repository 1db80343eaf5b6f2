import type { DestinationStream } from 'pino';

/** Log lines of a service under test. */
export interface LogCapture {
  readonly destination: DestinationStream;
  /** Everything that was written, as it was written; for canary searches. */
  text(): string;
  /** The lines, parsed. */
  lines(): readonly Record<string, unknown>[];
}

/** Keeps log lines in memory; pass `destination` as `logDestination`. */
export function captureLogs(): LogCapture {
  const written: string[] = [];
  return {
    destination: { write: (line) => void written.push(line) },
    text: () => written.join(''),
    lines: () =>
      written
        .join('')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}
