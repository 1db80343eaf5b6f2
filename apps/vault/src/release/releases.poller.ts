import { type DurationMs, minutes } from '@mooring/contracts';
import { Injectable, Logger } from '@nestjs/common';
import { PollerContext } from '../pool/poller-context.ts';
import { WorkPool } from '../pool/work-pool.ts';
import { FinishRelease } from './finish-release.ts';
import { type ReleaseClaim, ReleaseClaims } from './release-claims.ts';
import { ReleaseQueue } from './release-queue.ts';

const STUCK_MS: DurationMs = minutes(2);
const CONCURRENCY = 4;

/** The bounded pool that revokes what could not be revoked at once. */
@Injectable()
export class ReleasesPoller {
  readonly pool: WorkPool<ReleaseClaim>;
  readonly #logger = new Logger(ReleasesPoller.name);

  constructor(queue: ReleaseQueue, claims: ReleaseClaims, finish: FinishRelease, context: PollerContext) {
    this.pool = new WorkPool<ReleaseClaim>(
      {
        name: 'releases',
        claim: (limit) => claims.claim(limit),
        work: async ({ workspaceId, grantId }) => void (await finish.run(workspaceId, grantId)),
        failed: (err) => this.#logger.error({ msg: 'a release could not be finished', err }),
      },
      { ...context.bounds(), concurrency: CONCURRENCY },
      context.loops.register('releases', STUCK_MS),
    );
    queue.listen(() => this.pool.wake());
  }
}
