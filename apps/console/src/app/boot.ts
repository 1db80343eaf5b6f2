import { captureReturn } from '../connect/connect-return.ts';
import { type Person, Session, SIGNED_IN_PATH } from '../identity/session.ts';
import { type Configuration, loadConfiguration } from './configuration.ts';

/** What the page is rendered from. */
export interface Boot {
  readonly configuration: Configuration;
  readonly session: Session;
  readonly person: Person | null;
}

/** Everything that must be known before the first screen; a return from sign-in or connecting is taken off the URL here. */
export async function boot(): Promise<Boot> {
  captureReturn();
  const configuration = await loadConfiguration();
  const session = new Session(configuration);
  if (window.location.pathname === SIGNED_IN_PATH) {
    const returnTo = await finishSignIn(session);
    window.history.replaceState(null, '', returnTo);
  }
  return { configuration, session, person: await session.person() };
}

/** A sign-in that was broken off or answered twice leads to the start, where one can sign in again. */
async function finishSignIn(session: Session): Promise<string> {
  try {
    return await session.completeSignIn();
  } catch {
    return '/';
  }
}
