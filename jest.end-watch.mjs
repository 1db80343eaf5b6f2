const graceMs = 30_000;

/**
 * Jest reporter: a run whose tests are over must end. Something left open (a consumer that reconnects for ever after its
 * test has failed) would otherwise hold the whole build up without a word of which test it was.
 */
export default class EndWatch {
  onRunComplete() {
    const timer = setTimeout(() => {
      process.stderr.write(
        `The run is over but the process lives on after ${graceMs / 1000} s: a test left something open.\n`,
      );
      process.exit(1);
    }, graceMs);
    timer.unref();
  }
}
