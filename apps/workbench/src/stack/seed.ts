import { ServiceClient } from '../clients/service-api.ts';
import { addresses, type StackFacts } from './settings.ts';

const HUB = { id: 'harbour-group', name: 'Harbour Group' };
/** Workspaces of the demo hub. */
export const WORKSPACES = {
  harbour: { id: 'harbour', name: 'Harbour Café', plan: 'professional' },
  riverside: { id: 'riverside', name: 'Riverside', plan: 'starter' },
} as const;

const MEMBERS = [
  ['harbour', 'olivia', 'owner', 'Olivia Owner'],
  ['harbour', 'adam', 'admin', 'Adam Admin'],
  ['harbour', 'eddie', 'editor', 'Eddie Editor'],
  ['harbour', 'vera', 'viewer', 'Vera Viewer'],
  ['riverside', 'oscar', 'owner', 'Oscar Other'],
] as const;

/** What a product does for its tenants: the directory, through the public API with the scope `directory:write`. */
export async function seedDirectory(facts: StackFacts): Promise<void> {
  const urls = addresses(facts.ports);
  const directory = new ServiceClient({
    issuer: urls.issuer,
    clientId: 'directory',
    clientSecret: facts.secrets.directorySecret,
    resource: 'urn:mooring:api',
    scope: 'directory:write',
  });
  const put = async (path: string, body: object): Promise<void> => {
    const { status } = await directory.call('PUT', `${urls.console}/v1/${path}`, body);
    if (status >= 300) throw new Error(`seeding: PUT /v1/${path} answered ${status}`);
  };
  await put(`hubs/${HUB.id}`, { name: HUB.name });
  await put(`hubs/${HUB.id}/admins/hanna`, { name: 'Hanna Hub', email: 'hanna@example.com', locale: 'en-GB' });
  for (const { id, name, plan } of Object.values(WORKSPACES)) {
    await put(`workspaces/${id}`, { hubId: HUB.id, name, plan, timeZone: 'Europe/London' });
  }
  for (const [workspace, subject, role, name] of MEMBERS) {
    const email = `${subject}@example.com`;
    await put(`workspaces/${workspace}/members/${subject}`, { role, name, email, locale: 'en-GB' });
  }
}
