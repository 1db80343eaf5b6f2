import { PlatformFailure, type ReadinessCheck } from '@mooring/adapters-core';
import type { BulletinCalls } from './calls.ts';

/** Asks for a renewal of nothing: a wrong secret is refused before the token is looked at. */
export async function checkReadiness(calls: BulletinCalls): Promise<ReadinessCheck[]> {
  const name = 'client_secret';
  try {
    await calls.token({ grant_type: 'refresh_token', refresh_token: 'readiness-probe' });
  } catch (error) {
    if (!(error instanceof PlatformFailure)) throw error;
    if (error.class === 'misconfigured') return [{ name, outcome: 'failed', detail: error.message }];
    if (error.class !== 'reauthorization_required') return [{ name, outcome: 'unknown', detail: error.message }];
  }
  return [{ name, outcome: 'ok', detail: 'client id and secret are accepted' }];
}
