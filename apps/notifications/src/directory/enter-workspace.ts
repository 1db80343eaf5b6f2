import { MooringError } from '@mooring/contracts';
import type { Caller } from '@mooring/runtime';
import { type Directory } from './ports.ts';

/** Lets people into workspaces. A workspace that somebody may not see does not exist for them. */
export class EnterWorkspace {
  readonly #directory: Directory;

  constructor(directory: Directory) {
    this.#directory = directory;
  }

  /** Throws MooringError `not_found`, or `acting_workspace_required` to a hub admin who didn't say where to act. */
  async run(caller: Caller, workspaceId: string): Promise<void> {
    const standing = await this.#directory.standing(workspaceId, caller.subject);
    if (standing.memberRole) return;
    if (!standing.isHubAdmin) throw new MooringError('not_found');
    if (caller.actingWorkspace !== workspaceId) throw new MooringError('acting_workspace_required');
  }
}
