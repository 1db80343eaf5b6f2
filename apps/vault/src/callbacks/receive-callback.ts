import { InvalidCallbackError, type RawCallback, type VerifiedCallback } from '@mooring/adapters-core';
import { MooringError, type Platform } from '@mooring/contracts';
import { Injectable } from '@nestjs/common';
import { type DataDeletionAnswer, DataDeletions } from '../data-deletion/data-deletions.ts';
import { Platforms } from '../platforms/platforms.ts';
import { CallbackAftermath } from './callback-aftermath.ts';
import { CallbackRecords } from './callback-records.ts';

/** What a platform is answered: nothing, but for the deletion of data, whose progress a page must show. */
export type CallbackAnswer = DataDeletionAnswer | Record<string, never>;

/**
 * Takes a platform's notice in: verified on its raw body, recorded once, answered at once. Nothing changes by the notice
 * itself: it asks for an inspection of every grant of that person, which confirms it or doesn't. So one that comes
 * late, after the person has consented again, changes nothing either.
 */
@Injectable()
export class ReceiveCallback {
  constructor(
    private readonly platforms: Platforms,
    private readonly records: CallbackRecords,
    private readonly deletions: DataDeletions,
    private readonly after: CallbackAftermath,
  ) {}

  /** @param name the last part of the address, one of the names that the adapter knows */
  async run(platform: Platform, name: string, request: RawCallback): Promise<CallbackAnswer> {
    const adapter = this.platforms.adapter(platform);
    if (!adapter.pushNotices.some(({ callback }) => callback === name)) throw new MooringError('not_found');
    let notices: readonly VerifiedCallback[];
    try {
      notices = adapter.readPlatformCallback(request);
    } catch (error) {
      if (!(error instanceof InvalidCallbackError)) throw error;
      this.after.count(platform, 'refused');
      throw new MooringError('forbidden', { cause: error });
    }
    for (const notice of notices) {
      this.after.count(platform, (await this.records.record(adapter, notice)) ? 'recorded' : 'repeated');
    }
    this.after.wake();
    const deletion = notices.find(({ kind }) => kind === 'data_deletion');
    return deletion ? this.deletions.answerTo(platform, deletion.deduplicationKey) : {};
  }
}
