import { invalidParameter, type GraphError } from './graph-error.ts';
import { personById, type FacebookPerson } from './people.ts';
import type { CodeRecord } from './state.ts';
import type { FacebookWorld } from './world.ts';

const CODE_LIFETIME_MS = 10 * 60_000;
const CODE_LENGTH = 240;
const CODES_MAX = 5_000;

export function issueCode(world: FacebookWorld, person: FacebookPerson, redirectUri: string): string {
  const value = world.mint.mint('AQ', CODE_LENGTH);
  world.state.codes.push({
    value,
    personId: person.id,
    redirectUri,
    issuedAtMs: world.clock.nowMs(),
    used: false,
  });
  if (world.state.codes.length > CODES_MAX) world.state.codes.shift();
  world.changed();
  return value;
}

function refusal(world: FacebookWorld, code: CodeRecord | undefined, redirectUri: string): GraphError | undefined {
  if (code === undefined) return invalidParameter('Invalid verification code format.');
  if (code.used) return invalidParameter('This authorization code has been used.', 36009);
  if (code.issuedAtMs + CODE_LIFETIME_MS <= world.clock.nowMs()) {
    return invalidParameter('This authorization code has expired.', 36007);
  }
  if (code.redirectUri !== redirectUri) {
    return invalidParameter(
      'Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request',
      36008,
    );
  }
  return undefined;
}

/** Uses a code up; answers whose it is. */
export function redeemCode(world: FacebookWorld, value: string, redirectUri: string): FacebookPerson {
  const code = world.state.codes.find((candidate) => candidate.value === value);
  const problem = refusal(world, code, redirectUri);
  const person = code === undefined ? undefined : personById(code.personId);
  if (problem !== undefined || code === undefined || person === undefined) {
    throw problem ?? invalidParameter('Invalid verification code format.');
  }
  code.used = true;
  world.changed();
  return person;
}
