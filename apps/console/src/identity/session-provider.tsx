import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import type { Person, Session } from './session.ts';

/** Who is signed in, and how to change that. */
export interface SignedIn {
  readonly person: Person | null;
  /** The session ran out while the page was open. */
  readonly ended: boolean;
  readonly signIn: () => Promise<void>;
  readonly signOut: () => Promise<void>;
  readonly accessToken: () => Promise<string>;
}

const SessionContext = createContext<SignedIn | null>(null);

/** Gives the components below the session. */
export function SessionProvider(props: {
  readonly session: Session;
  readonly person: Person | null;
  readonly children: ReactNode;
}) {
  const { session } = props;
  const [person, setPerson] = useState(props.person);
  const [ended, setEnded] = useState(false);
  useEffect(
    () =>
      session.onEnded(() => {
        setPerson(null);
        setEnded(true);
      }),
    [session],
  );
  const value = useMemo<SignedIn>(
    () => ({
      person,
      ended,
      signIn: () => session.signIn(`${window.location.pathname}${window.location.search}`),
      signOut: () => session.signOut(),
      accessToken: session.accessToken,
    }),
    [session, person, ended],
  );
  return <SessionContext value={value}>{props.children}</SessionContext>;
}

/** The session of the nearest provider. */
export function useSession(): SignedIn {
  const value = useContext(SessionContext);
  if (!value) throw new Error('useSession outside of SessionProvider');
  return value;
}
