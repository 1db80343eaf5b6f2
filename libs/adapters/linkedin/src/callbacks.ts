import { InvalidCallbackError } from '@mooring/adapters-core';

/**
 * LinkedIn calls nobody back, neither with notices nor with questions.
 * @throws InvalidCallbackError always
 */
export function readLinkedInCallback(): never {
  throw new InvalidCallbackError('LinkedIn has no call-backs');
}
