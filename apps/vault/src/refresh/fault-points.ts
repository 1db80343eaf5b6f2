/** Places of a renewal where a crash must do no harm; tests reach in there. */
export abstract class FaultPoints {
  abstract at(name: string): Promise<void>;
}
