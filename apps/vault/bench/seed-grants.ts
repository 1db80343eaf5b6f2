import { Secret } from '@mooring/contracts';
import { EnvKeyRing } from '@mooring/crypto';
import { createDataSource, inWorkspaces } from '@mooring/persistence';
import { uuidv7 } from 'uuidv7';
import { GrantConnection } from '../src/grants/grant-connection.entity.ts';
import { Grant } from '../src/grants/grant.entity.ts';
import { EnvelopeGrantKeys } from '../src/sealing/envelope-grant-keys.ts';
import { SealedToken } from '../src/sealing/sealed-token.entity.ts';
import { SealedTokens } from '../src/sealing/sealed-tokens.ts';

const WORKSPACES = 100;
const LIFE_MS = 7_200_000;

/** Which platform's grants, and the tokens of each. */
export interface SeededGrants {
  readonly platform: string;
  readonly clientId: string;
  readonly kind: string;
  readonly count: number;
  /** Tells these people from others. */
  readonly subject?: string;
  tokensOf(serial: number): { readonly access: string; readonly refresh: string | null };
}

/** Fills a vault with grants of single-use refresh tokens, a connection each. */
export async function seedGrants(url: string, keyRing: string, seeded: SeededGrants): Promise<void> {
  const dataSource = await createDataSource({
    url: new Secret(url),
    schema: 'vault',
    entities: [Grant, GrantConnection, SealedToken],
    applicationName: 'bench',
  }).initialize();
  const tokens = new SealedTokens(new EnvelopeGrantKeys(EnvKeyRing.parse(keyRing), { entriesMax: 0, ttlMs: 0 }));
  for (let workspace = 0; workspace < WORKSPACES; workspace += 1) {
    const workspaceId = `workspace-${workspace}`;
    await inWorkspaces(dataSource, workspaceId, async (manager) => {
      for (let serial = workspace; serial < seeded.count; serial += WORKSPACES) {
        const grant = grantOf(workspaceId, serial, seeded);
        const key = await tokens.newKey(grant);
        await manager.insert(Grant, grant);
        await manager.insert(GrantConnection, connectionOf(grant, serial, seeded));
        const { access, refresh } = seeded.tokensOf(serial);
        const owner = { owner: 'grant', generation: 1 } as const;
        await tokens.put(manager, grant, key, [
          { ...owner, kind: 'access', token: { ...issued(access), expiresAt: new Date(Date.now() + LIFE_MS / 4) } },
          ...(refresh === null ? [] : [{ ...owner, kind: 'refresh', token: issued(refresh) } as const]),
        ]);
      }
    });
  }
  await dataSource.destroy();
}

function issued(text: string) {
  return { value: new Secret(text), issuedAt: new Date(), expiresAt: null, dataAccessExpiresAt: null };
}

function grantOf(workspaceId: string, serial: number, seeded: SeededGrants): Grant {
  const { platform, clientId } = seeded;
  return Object.assign(new Grant(), {
    id: uuidv7(),
    workspaceId,
    state: 'active',
    platform,
    clientId,
    subjectId: `${seeded.subject ?? 'person'}-${serial}`,
    dataKeyId: uuidv7(),
    generation: 1,
    consentGeneration: 1,
    hasRefreshToken: seeded.tokensOf(serial).refresh !== null,
    version: 1,
    fence: 1,
    accessExpiresAt: new Date(Date.now() + LIFE_MS / 4),
    issuedAt: new Date(Date.now() - (LIFE_MS * 3) / 4),
    grantedScopes: [],
    missingScopes: [],
    consecutiveFailures: 0,
    consentAdvice: false,
    createdAt: new Date(),
  } satisfies Partial<Grant>);
}

function connectionOf(
  grant: Grant,
  serial: number,
  { platform, kind, subject = 'person' }: SeededGrants,
): GrantConnection {
  return Object.assign(new GrantConnection(), {
    connectionId: uuidv7(),
    workspaceId: grant.workspaceId,
    grantId: grant.id,
    platform,
    accountId: `${subject}-account-${serial}`,
    kind,
    activation: 1,
    released: false,
    ownToken: false,
    dependsOnRefresh: true,
    tokenGeneration: 1,
    grantedScopes: [],
    missingScopes: [],
  } satisfies Partial<GrantConnection>);
}
