import { isPlatform } from '@mooring/adapters';
import { MooringError } from '@mooring/contracts';
import { OnPort, Public } from '@mooring/runtime';
import { Controller, Get, Header, Param } from '@nestjs/common';
import { type DataDeletionProgress, DataDeletions } from './data-deletions.ts';

/** The public page about a request to have data deleted. It names nobody: whoever has the code may read it. */
@Controller('webhooks')
@OnPort('callbacks')
@Public()
export class DataDeletionController {
  constructor(private readonly deletions: DataDeletions) {}

  @Get(':platform/data-deletion/:code')
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', 'no-store')
  async page(@Param('platform') platform: string, @Param('code') code: string): Promise<string> {
    if (!isPlatform(platform)) throw new MooringError('not_found');
    return wordsFor(code, await this.deletions.progress(platform, code));
  }
}

function wordsFor(code: string, progress: DataDeletionProgress): string {
  return `Request ${code} of ${progress.requestedAt.toISOString().slice(0, 10)}\n${stateOf(progress)}\n`;
}

function stateOf({ open, deleted, kept }: DataDeletionProgress): string {
  if (open > 0) return 'Your data are being deleted.';
  if (kept > 0) return 'You have connected again since; what belongs to that connection is kept.';
  return deleted > 0 ? 'Your data have been deleted.' : 'There were no data of yours.';
}
