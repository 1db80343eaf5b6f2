import type { GrantTokens, IssuedToken } from '@mooring/adapters-core';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In, Like } from 'typeorm';
import { GrantKeys, type GrantKey, UnreadableTokenError } from './ports.ts';
import { SealedToken, type TokenKind } from './sealed-token.entity.ts';

/** The parts of a grant that its sealed tokens hang on. */
export interface KeyedGrant {
  readonly id: string;
  readonly workspaceId: string;
  readonly dataKeyId: string;
  readonly wrappingKeyId: string | null;
  readonly wrappedKey: Buffer | null;
}

/** A token that is to be sealed, and where. */
export interface TokenToSeal {
  readonly owner: string;
  readonly kind: TokenKind;
  readonly generation: number;
  readonly token: IssuedToken;
}

/** A grant's own tokens stand under this owner. */
export const GRANT_OWNER = 'grant';

/** The owner of the token of an account behind a pending grant. */
export const accountOwner = (account: { readonly kind: string; readonly accountId: string }): string =>
  `account:${account.kind}:${account.accountId}`;

/** Tokens in, sealed rows out, and back: the only place where a token becomes ciphertext or plaintext again. */
@Injectable()
export class SealedTokens {
  constructor(private readonly keys: GrantKeys) {}

  /** Gives a new grant a data key of its own. */
  async newKey(grant: { id: string; workspaceId: string; dataKeyId: string }): Promise<GrantKey> {
    const { id: grantId, workspaceId, dataKeyId } = grant;
    const { key, wrapped } = await this.keys.create({ workspaceId, grantId, dataKeyId });
    Object.assign(grant, wrapped);
    return key;
  }

  /** The data key of a grant. Throws UnreadableTokenError; also where the key has been destroyed. */
  async keyOf(grant: KeyedGrant): Promise<GrantKey> {
    const { id: grantId, workspaceId, dataKeyId, wrappedKey, wrappingKeyId } = grant;
    if (!wrappedKey || wrappingKeyId === null) throw new UnreadableTokenError('key');
    return this.keys.unwrap({ workspaceId, grantId, dataKeyId }, { wrappedKey, wrappingKeyId });
  }

  /** Seals tokens and puts them in the place of those that the same owners had. */
  async put(manager: EntityManager, grant: KeyedGrant, key: GrantKey, tokens: readonly TokenToSeal[]): Promise<void> {
    for (const { owner, kind } of tokens) {
      await manager.delete(SealedToken, { grantId: grant.id, owner, kind, orphan: false });
    }
    await this.#insert(manager, grant, { key, tokens, orphan: false });
  }

  /** Keeps tokens that came too late to become the grant's. */
  async putOrphans(
    manager: EntityManager,
    grant: KeyedGrant,
    key: GrantKey,
    tokens: readonly TokenToSeal[],
  ): Promise<void> {
    await this.#insert(manager, grant, { key, tokens, orphan: true });
  }

  /** The grant's own tokens; null where there is none. Throws UnreadableTokenError. */
  async openGrantTokens(manager: EntityManager, grant: KeyedGrant, key: GrantKey): Promise<GrantTokens | null> {
    const rows = await manager.find(SealedToken, {
      where: { grantId: grant.id, owner: GRANT_OWNER, orphan: false, kind: In(['access', 'refresh']) },
    });
    const access = rows.find((row) => row.kind === 'access');
    const refresh = rows.find((row) => row.kind === 'refresh');
    return access ? { access: open(access, key), refresh: refresh ? open(refresh, key) : null } : null;
  }

  /** Tokens of single accounts, by owner. Throws UnreadableTokenError. */
  async openAccountTokens(
    manager: EntityManager,
    grant: KeyedGrant,
    key: GrantKey,
  ): Promise<ReadonlyMap<string, IssuedToken>> {
    const rows = await manager.find(SealedToken, { where: { grantId: grant.id, kind: 'account', orphan: false } });
    return new Map(rows.map((row) => [row.owner, open(row, key)]));
  }

  /** Deletes the tokens of one owner. */
  async remove(manager: EntityManager, grantId: string, owner: string): Promise<void> {
    await manager.delete(SealedToken, { grantId, owner });
  }

  /** Deletes the tokens of accounts that nobody chose. */
  async removeAccounts(manager: EntityManager, grantId: string): Promise<void> {
    await manager.delete(SealedToken, { grantId, owner: Like('account:%') });
  }

  /** Deletes every token and the data key: from here on nothing of the grant can be opened, by anybody. */
  async destroy(manager: EntityManager, grant: { id: string; dataKeyId: string }): Promise<void> {
    await this.removeAll(manager, grant.id);
    this.keys.forget(grant.dataKeyId);
    Object.assign(grant, { wrappedKey: null, wrappingKeyId: null });
  }

  /** Deletes every token of a grant, orphans too. */
  async removeAll(manager: EntityManager, grantId: string): Promise<void> {
    await manager.delete(SealedToken, { grantId });
  }

  async #insert(
    manager: EntityManager,
    grant: KeyedGrant,
    given: { key: GrantKey; tokens: readonly TokenToSeal[]; orphan: boolean },
  ): Promise<void> {
    if (given.tokens.length === 0) return;
    await manager.insert(
      SealedToken,
      given.tokens.map(({ token, ...place }) => ({
        ...place,
        workspaceId: grant.workspaceId,
        grantId: grant.id,
        blob: given.key.seal(token.value, place),
        issuedAt: token.issuedAt,
        expiresAt: token.expiresAt,
        dataAccessExpiresAt: token.dataAccessExpiresAt,
        orphan: given.orphan,
      })),
    );
  }
}

function open(row: SealedToken, key: GrantKey): IssuedToken {
  const { owner, kind, generation, issuedAt, expiresAt, dataAccessExpiresAt } = row;
  return { value: key.open(row.blob, { owner, kind, generation }), issuedAt, expiresAt, dataAccessExpiresAt };
}
