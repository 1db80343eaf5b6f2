import { randomBytes, randomUUID } from 'node:crypto';
import type { AppSettings } from '../config.ts';
import { signatureOf } from './notices.ts';

const TIMEOUT_MS = 3_000;

export interface CrcResult {
  /** Null where no address is known or no answer came. */
  callbackStatus: number | null;
  /** True where the app proved that the address is its own. */
  valid: boolean;
}

/** X's challenge-response check of the app's address; X does it hourly, and forgets an address that fails. */
export async function checkAddress(app: AppSettings, { url, crcToken }: Partial<Record<'url' | 'crcToken', string>>) {
  const address = url ?? app.callbacks.events;
  const failed: CrcResult = { callbackStatus: null, valid: false };
  if (address === undefined) return failed;
  const token = crcToken ?? randomBytes(24).toString('base64url');
  const query = new URLSearchParams({ crc_token: token, nonce: randomUUID() });
  try {
    const reply = await fetch(`${address}?${query.toString()}`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await reply.text();
    return { callbackStatus: reply.status, valid: reply.ok && proves(text, signatureOf(token, app.clientSecret)) };
  } catch {
    return failed;
  }
}

function proves(text: string, expected: string): boolean {
  try {
    return (JSON.parse(text) as { response_token?: unknown }).response_token === expected;
  } catch {
    return false;
  }
}
