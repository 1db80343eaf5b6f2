export interface DemoPerson {
  sub: string;
  name: string;
  email: string;
  locale: string;
  about: string;
}

/** Who can sign in. What they may do is not said here: roles are Mooring's own directory. */
export const DEMO_PEOPLE: DemoPerson[] = [
  { sub: 'olivia', name: 'Olivia Owner', email: 'olivia@example.com', locale: 'en-GB', about: 'owner of a workspace' },
  { sub: 'adam', name: 'Adam Admin', email: 'adam@example.com', locale: 'en-US', about: 'admin of the same workspace' },
  { sub: 'eddie', name: 'Eddie Editor', email: 'eddie@example.com', locale: 'en-GB', about: 'editor' },
  { sub: 'vera', name: 'Vera Viewer', email: 'vera@example.com', locale: 'de-DE', about: 'viewer' },
  { sub: 'hanna', name: 'Hanna Hub', email: 'hanna@example.com', locale: 'en-GB', about: 'hub admin' },
  {
    sub: 'oscar',
    name: 'Oscar Other',
    email: 'oscar@example.com',
    locale: 'en-GB',
    about: 'owner of another workspace',
  },
  { sub: 'sam', name: 'Sam Stranger', email: 'sam@example.com', locale: 'en-GB', about: 'in no workspace' },
];

export function demoPerson(sub: string | undefined): DemoPerson | undefined {
  return DEMO_PEOPLE.find((person) => person.sub === sub);
}
