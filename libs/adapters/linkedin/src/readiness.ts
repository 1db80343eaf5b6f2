import { PlatformFailure, type ReadinessCheck } from '@mooring/adapters-core';
import { Secret } from '@mooring/contracts';
import type { Introspection } from './introspection.ts';
import type { RoleLists } from './organization-roles.ts';

/** Versions live about a year (versioning); a month before, somebody should look. */
const VERSION_MONTHS_MAX = 11;
/** No token: what is tried is what LinkedIn says before it looks at one. */
const NO_TOKEN = new Secret('mooring-readiness-check');

/** Tries the app's credentials by introspecting what is no token, and the API's version by calling it with the same. */
export async function checkReadiness(parts: {
  readonly introspection: Introspection;
  readonly roles: RoleLists;
  readonly version: string;
  readonly now: () => Date;
}): Promise<readonly ReadinessCheck[]> {
  const { introspection, roles, version, now } = parts;
  return [
    await checkSecret(() => introspection.ask(NO_TOKEN)),
    await checkVersion(() => roles.ofMember({ value: NO_TOKEN, issuedAt: null }), { version, now: now() }),
  ];
}

async function checkSecret(ask: () => Promise<unknown>): Promise<ReadinessCheck> {
  const name = 'client_secret';
  const failure = await failureOf(ask);
  if (!failure) return { name, outcome: 'ok', detail: 'LinkedIn takes LINKEDIN_CLIENT_ID and LINKEDIN_CLIENT_SECRET.' };
  if (failure.class !== 'misconfigured') return { name, outcome: 'unknown', detail: `No answer: ${failure.message}` };
  const detail = `LinkedIn does not take LINKEDIN_CLIENT_ID with LINKEDIN_CLIENT_SECRET; compare them with the app’s Auth tab. ${failure.message}`;
  return { name, outcome: 'failed', detail };
}

async function checkVersion(
  ask: () => Promise<unknown>,
  { version, now }: { readonly version: string; readonly now: Date },
): Promise<ReadinessCheck> {
  const name = 'api_version';
  const failure = await failureOf(ask);
  const setting = `LINKEDIN_VERSION ${version}`;
  if (failure?.class === 'misconfigured') {
    const detail = `LinkedIn no longer knows ${setting}; set a later month. No connection is harmed. ${failure.message}`;
    return { name, outcome: 'failed', detail };
  }
  if (failure?.class === 'transient' || failure?.class === 'rate_limited') {
    return { name, outcome: 'unknown', detail: `No answer: ${failure.message}` };
  }
  const months = monthsSince(version, now);
  if (months < VERSION_MONTHS_MAX) return { name, outcome: 'ok', detail: `LinkedIn answers to ${setting}.` };
  const detail = `${setting} is ${months} months old and LinkedIn retires versions after about a year; set a later month.`;
  return { name, outcome: 'unknown', detail };
}

function monthsSince(version: string, now: Date): number {
  const [year, month] = [Number(version.slice(0, 4)), Number(version.slice(4))];
  return (now.getUTCFullYear() - year) * 12 + now.getUTCMonth() + 1 - month;
}

async function failureOf(ask: () => Promise<unknown>): Promise<PlatformFailure | null> {
  try {
    await ask();
    return null;
  } catch (error) {
    if (error instanceof PlatformFailure) return error;
    throw error;
  }
}
