import { Secret } from '@mooring/contracts';
import { EnvKeyRing } from '@mooring/crypto';
import { createDataSource, inWorkspaces } from '@mooring/persistence';
import { uuidv7 } from 'uuidv7';
import { GrantConnection } from '../src/grants/grant-connection.entity.ts';
import { Grant } from '../src/grants/grant.entity.ts';
import { EnvelopeGrantKeys } from '../src/sealing/envelope-grant-keys.ts';
import { SealedToken } from '../src/sealing/sealed-token.entity.ts';
import { SealedTokens } from '../src/sealing/sealed-tokens.ts';

/** A connection that can be read. */
export interface Readable {
  readonly workspaceId: string;
  readonly connectionId: string;
}

const WORKSPACES = 100;
const PAGES_PER_GRANT = 4;
/** About what a Page token of Meta has. */
const TOKEN_LENGTH = 200;

/** Fills a vault with connections that live, a token of their own each. */
export async function seedConnections(url: string, keyRing: string, count: number): Promise<Readable[]> {
  const dataSource = await createDataSource({
    url: new Secret(url),
    schema: 'vault',
    entities: [Grant, GrantConnection, SealedToken],
    applicationName: 'bench',
  }).initialize();
  const tokens = new SealedTokens(new EnvelopeGrantKeys(EnvKeyRing.parse(keyRing), { entriesMax: 0, ttlMs: 0 }));
  const readable: Readable[] = [];
  for (let workspace = 0; workspace < WORKSPACES; workspace += 1) {
    const workspaceId = `workspace-${workspace}`;
    await inWorkspaces(dataSource, workspaceId, async (manager) => {
      for (let made = 0; made < count / WORKSPACES; made += PAGES_PER_GRANT) {
        const grant = grantOf(workspaceId, made);
        const key = await tokens.newKey(grant);
        const connections = Array.from({ length: PAGES_PER_GRANT }, (_, page) => connectionOf(grant, made + page));
        await manager.insert(Grant, grant);
        await manager.insert(GrantConnection, connections);
        const value = new Secret('t'.repeat(TOKEN_LENGTH));
        const token = { value, issuedAt: null, expiresAt: null, dataAccessExpiresAt: null };
        const sealed = connections.map(
          ({ connectionId: owner }) => ({ owner, kind: 'account', generation: 1, token }) as const,
        );
        await tokens.put(manager, grant, key, sealed);
        readable.push(...connections.map(({ connectionId }) => ({ workspaceId, connectionId })));
      }
    });
  }
  await dataSource.destroy();
  return readable;
}

function grantOf(workspaceId: string, serial: number): Grant {
  return Object.assign(new Grant(), {
    id: uuidv7(),
    workspaceId,
    state: 'active',
    platform: 'facebook',
    clientId: '1',
    subjectId: `${workspaceId}-${serial}`,
    dataKeyId: uuidv7(),
    generation: 1,
    version: 1,
    fence: 1,
    grantedScopes: [],
    missingScopes: [],
    consecutiveFailures: 0,
    consentAdvice: false,
    createdAt: new Date(),
  } satisfies Partial<Grant>);
}

function connectionOf(grant: Grant, serial: number): GrantConnection {
  return Object.assign(new GrantConnection(), {
    connectionId: uuidv7(),
    workspaceId: grant.workspaceId,
    grantId: grant.id,
    platform: 'facebook',
    accountId: `page-${serial}`,
    kind: 'facebook_page',
    activation: 1,
    released: false,
    ownToken: true,
    dependsOnRefresh: false,
    tokenGeneration: 1,
    grantedScopes: ['pages_show_list', 'pages_manage_posts', 'pages_read_engagement'],
    missingScopes: [],
  } satisfies Partial<GrantConnection>);
}
