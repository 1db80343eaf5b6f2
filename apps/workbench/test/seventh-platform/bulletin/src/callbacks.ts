import { InvalidCallbackError, type VerifiedCallback } from '@mooring/adapters-core';

/** Bulletin gives no notice: whatever says it does is somebody else's. */
export function readCallback(): readonly VerifiedCallback[] {
  throw new InvalidCallbackError('Bulletin has no call-back');
}

/** Nor does it ask for an address. */
export function answerChallenge(): never {
  throw new InvalidCallbackError('Bulletin asks for no address');
}
