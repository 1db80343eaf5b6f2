import { InvalidCallbackError } from '@mooring/adapters-core';
import { MooringError, type Platform } from '@mooring/contracts';
import { Injectable } from '@nestjs/common';
import { Platforms } from '../platforms/platforms.ts';

/** Answers a platform's question whether this address wants its notices. */
@Injectable()
export class AnswerChallenge {
  constructor(private readonly platforms: Platforms) {}

  /** Throws `forbidden` for anybody who doesn't know what only the platform knows. */
  run(
    platform: Platform,
    name: string,
    query: Readonly<Record<string, unknown>>,
  ): { contentType: string; body: string } {
    const adapter = this.platforms.adapter(platform);
    if (!adapter.pushNotices.some(({ callback }) => callback === name)) throw new MooringError('not_found');
    const texts = Object.entries(query).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    try {
      return adapter.answerChallenge(Object.fromEntries(texts));
    } catch (error) {
      if (!(error instanceof InvalidCallbackError)) throw error;
      throw new MooringError('forbidden', { cause: error });
    }
  }
}
