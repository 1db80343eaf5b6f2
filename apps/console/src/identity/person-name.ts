import { useSession } from './session-provider.tsx';

/** How a person is called: "you" for the one who looks, else by name, else by id. */
export function usePersonName(): (person: { readonly subject: string; readonly name: string | null }) => string {
  const { person: me } = useSession();
  return ({ subject, name }) => (subject === me?.subject ? 'you' : (name ?? subject));
}
