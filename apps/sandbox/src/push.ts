const CALLBACK_TIMEOUT_MS = 10_000;

export interface CallbackResult {
  /** Answer of the app's call-back, or null where none was sent or none came. */
  callbackStatus: number | null;
  error?: string;
  /** What the app answered, where that matters: JSON where it is JSON, else text. */
  answer?: unknown;
}

export const NO_ADDRESS: CallbackResult = { callbackStatus: null, error: 'no address' };

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** POSTs to an address of the app, as a platform's servers would. */
export async function postCallback(url: string, init: RequestInit, keepAnswer = false): Promise<CallbackResult> {
  try {
    const response = await fetch(url, {
      ...init,
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(CALLBACK_TIMEOUT_MS),
    });
    if (keepAnswer) return { callbackStatus: response.status, answer: parsed(await response.text()) };
    await response.body?.cancel();
    return { callbackStatus: response.status };
  } catch (error) {
    return { callbackStatus: null, error: error instanceof Error ? error.name : 'unknown' };
  }
}
