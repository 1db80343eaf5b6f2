/** Thrown when a control call makes no sense; answered with its status. */
export class ControlError extends Error {
  override name = 'ControlError';
  readonly status: number;

  constructor(message: string, status = 400) {
    super(message);
    this.status = status;
  }
}
