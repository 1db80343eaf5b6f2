import { MooringError, type Secret, type TokenAnswer } from '@mooring/contracts';
import { Injectable } from '@nestjs/common';
import { Platforms } from '../platforms/platforms.ts';
import { UnreadableTokenError } from '../sealing/ports.ts';
import { GRANT_OWNER, SealedTokens } from '../sealing/sealed-tokens.ts';
import { type ReadAudit, type SealedTokenRead, SealedTokenReads } from './ports.ts';
import { RefreshForRead } from './refresh-for-read.ts';
import { demandUsable, lapsesAt, needsRenewal, notUsable, statusOf } from './token-status.ts';

/** Gives a trusted service the token of a connection. One SQL statement where nothing has to be renewed. */
@Injectable()
export class ReadToken {
  constructor(
    private readonly reads: SealedTokenReads,
    private readonly tokens: SealedTokens,
    private readonly renewal: RefreshForRead,
    private readonly platforms: Platforms,
  ) {}

  async run(audit: ReadAudit, now: Date): Promise<TokenAnswer> {
    const first = await this.#read(audit, now);
    const adapter = this.platforms.adapter(first.platform);
    const read = needsRenewal(first, adapter.policy, now) ? await this.#renewed(first, audit, now) : first;
    const token = await this.#open(read, audit);
    const proof = adapter.proofOf(token);
    return {
      accessToken: token.reveal(),
      expiresAt: lapsesAt(read)?.toISOString() ?? null,
      accountId: read.accountId,
      scopes: read.grantedScopes,
      generation: read.tokenGeneration ?? read.grantGeneration,
      ...(proof === undefined ? {} : { appSecretProof: proof }),
    };
  }

  async #read(audit: ReadAudit, now: Date): Promise<SealedTokenRead> {
    const read = await this.reads.read(audit);
    if (!read) throw new MooringError('not_found');
    demandUsable(read, statusOf(read, this.platforms.adapter(read.platform).policy, now));
    return read;
  }

  async #renewed(lapsed: SealedTokenRead, audit: ReadAudit, now: Date): Promise<SealedTokenRead> {
    await this.renewal.run(audit.workspaceId, lapsed.grantId, lapsed.grantGeneration);
    const read = await this.#read(audit, now);
    // Never a token that is known to be dead.
    if (needsRenewal(read, this.platforms.adapter(read.platform).policy, now)) {
      throw new MooringError('platform_unavailable');
    }
    return read;
  }

  async #open(read: SealedTokenRead, audit: ReadAudit): Promise<Secret> {
    try {
      if (!read.blob || read.tokenGeneration === null) throw new UnreadableTokenError('token');
      const { dataKeyId, wrappedKey, wrappingKeyId } = read;
      const keyed = { id: read.grantId, workspaceId: audit.workspaceId, dataKeyId, wrappedKey, wrappingKeyId };
      const key = await this.tokens.keyOf(keyed);
      const owner = read.ownToken ? audit.connectionId : GRANT_OWNER;
      const kind = read.ownToken ? 'account' : 'access';
      return key.open(read.blob, { owner, kind, generation: read.tokenGeneration });
    } catch (error) {
      if (!(error instanceof UnreadableTokenError)) throw error;
      this.platforms.tellUnreadable(read.platform, read.grantId, error);
      throw notUsable(read, { status: 'needs_reconnect', reason: 'key_unavailable', action: 'reconnect' });
    }
  }
}
