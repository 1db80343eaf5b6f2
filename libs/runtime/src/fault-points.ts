/**
 * Marks a place where a crash must do no harm. It does nothing here; under the export condition `@mooring/testing` the
 * process can be told to die at it.
 */
export function faultPoint(name: string): Promise<void> {
  void name;
  return Promise.resolve();
}
