const CALLBACK_TIMEOUT_MS = 10_000;

export interface CallbackResult {
  /** Answer of the app's call-back, or null where none was sent or none came. */
  callbackStatus: number | null;
  error?: string;
}

export const NO_ADDRESS: CallbackResult = { callbackStatus: null, error: 'no address' };

/** POSTs to an address of the app, as Facebook's servers would. */
export async function postCallback(url: string, init: RequestInit): Promise<CallbackResult> {
  try {
    const response = await fetch(url, {
      ...init,
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(CALLBACK_TIMEOUT_MS),
    });
    await response.body?.cancel();
    return { callbackStatus: response.status };
  } catch (error) {
    return { callbackStatus: null, error: error instanceof Error ? error.name : 'unknown' };
  }
}
