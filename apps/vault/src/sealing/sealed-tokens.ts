import type { GrantTokens, IssuedToken } from '@mooring/adapters-core';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In, Like } from 'typeorm';
import { GrantKeys, type GrantKey, UnreadableTokenError } from './ports.ts';
import type { SealedAnswer, SealedOwnToken } from './sealed-answer.ts';
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
    await this.#insert(manager, grant, key, tokens);
  }

  /** Seals what a platform answered to a renewal, for the generation that it makes. */
  sealAnswer(key: GrantKey, grant: KeyedGrant & { readonly generation: number }, fresh: GrantTokens): SealedAnswer {
    const generation = grant.generation + 1;
    const sealed = (kind: 'access' | 'refresh', token: IssuedToken): SealedOwnToken => {
      const blob = key.seal(token.value, { owner: GRANT_OWNER, kind, generation });
      return { kind, generation, blob, ...clocksOf(token) };
    };
    // Blank never overwrites: where the platform gave no new refresh token, the stored one stays (C10).
    const tokens = [sealed('access', fresh.access), ...(fresh.refresh ? [sealed('refresh', fresh.refresh)] : [])];
    return { baseGeneration: grant.generation, dataKeyId: grant.dataKeyId, tokens };
  }

  /** Opens an answer again. Throws UnreadableTokenError. */
  openAnswer(key: GrantKey, answer: SealedAnswer): GrantTokens {
    const opened = (kind: 'access' | 'refresh'): IssuedToken | null => {
      const token = answer.tokens.find((one) => one.kind === kind);
      return token ? open({ ...token, owner: GRANT_OWNER }, key) : null;
    };
    const access = opened('access');
    if (!access) throw new UnreadableTokenError('token');
    return { access, refresh: opened('refresh') };
  }

  /** Puts an answer in the place of the grant's tokens. */
  async putAnswer(manager: EntityManager, grant: KeyedGrant, answer: SealedAnswer): Promise<void> {
    await manager.delete(SealedToken, {
      grantId: grant.id,
      owner: GRANT_OWNER,
      kind: In(answer.tokens.map(({ kind }) => kind)),
      orphan: false,
    });
    await this.removeOrphan(manager, grant, answer);
    await this.#insertAnswer(manager, grant, { answer, orphan: false });
  }

  /** Keeps an answer that could not become the grant's tokens; once, however often it comes. */
  async putOrphan(manager: EntityManager, grant: KeyedGrant, answer: SealedAnswer): Promise<void> {
    await this.removeOrphan(manager, grant, answer);
    await this.#insertAnswer(manager, grant, { answer, orphan: true });
  }

  /** True where the grant's tokens are this very answer: it was committed before. */
  async hasAnswer(manager: EntityManager, grant: KeyedGrant, answer: SealedAnswer): Promise<boolean> {
    const blob = answer.tokens.find(({ kind }) => kind === 'access')?.blob;
    return manager.existsBy(SealedToken, {
      grantId: grant.id,
      owner: GRANT_OWNER,
      kind: 'access',
      blob,
      orphan: false,
    });
  }

  /** The answer that is kept as an orphan and was given for this generation. */
  async orphanOf(manager: EntityManager, grant: KeyedGrant, baseGeneration: number): Promise<SealedAnswer | null> {
    const generation = baseGeneration + 1;
    const where = { grantId: grant.id, owner: GRANT_OWNER, orphan: true, generation };
    const rows = await manager.findBy(SealedToken, where);
    if (!rows.some(({ kind }) => kind === 'access')) return null;
    const tokens = rows.map(({ kind, blob, issuedAt, expiresAt, dataAccessExpiresAt }): SealedOwnToken => {
      const ownKind = kind === 'refresh' ? 'refresh' : 'access';
      return { kind: ownKind, generation, blob, issuedAt, expiresAt, dataAccessExpiresAt };
    });
    return { baseGeneration, dataKeyId: grant.dataKeyId, tokens };
  }

  /** Deletes an orphan: it was taken up, or it is of no use. */
  async removeOrphan(manager: EntityManager, grant: KeyedGrant, { tokens }: SealedAnswer): Promise<void> {
    const blob = In(tokens.map((token) => token.blob));
    await manager.delete(SealedToken, { grantId: grant.id, orphan: true, blob });
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
    key: GrantKey,
    tokens: readonly TokenToSeal[],
  ): Promise<void> {
    if (tokens.length === 0) return;
    await manager.insert(
      SealedToken,
      tokens.map(({ token, ...place }) => ({
        ...place,
        ...clocksOf(token),
        workspaceId: grant.workspaceId,
        grantId: grant.id,
        blob: key.seal(token.value, place),
        orphan: false,
      })),
    );
  }

  async #insertAnswer(
    manager: EntityManager,
    grant: KeyedGrant,
    { answer, orphan }: { readonly answer: SealedAnswer; readonly orphan: boolean },
  ): Promise<void> {
    const about = { workspaceId: grant.workspaceId, grantId: grant.id, owner: GRANT_OWNER, orphan };
    await manager.insert(
      SealedToken,
      answer.tokens.map((token) => ({ ...token, ...about })),
    );
  }
}

function clocksOf({ issuedAt, expiresAt, dataAccessExpiresAt }: Omit<IssuedToken, 'value'>) {
  return { issuedAt, expiresAt, dataAccessExpiresAt };
}

type SealedRow = Omit<SealedToken, 'id' | 'workspaceId' | 'grantId' | 'orphan'>;

function open(row: SealedRow, key: GrantKey): IssuedToken {
  const { owner, kind, generation } = row;
  return { value: key.open(row.blob, { owner, kind, generation }), ...clocksOf(row) };
}
