import type { Caller } from '@mooring/runtime';
import type { EnterWorkspace } from '../directory/enter-workspace.ts';
import type { Alert, Alerts } from './ports.ts';

const ALERTS_MAX = 100;

/** Shows a person the alerts of a workspace: open ones, then those closed lately. */
export class ListAlerts {
  readonly #enterWorkspace: EnterWorkspace;
  readonly #alerts: Alerts;

  constructor(enterWorkspace: EnterWorkspace, alerts: Alerts) {
    this.#enterWorkspace = enterWorkspace;
    this.#alerts = alerts;
  }

  async run(caller: Caller, workspaceId: string): Promise<readonly Alert[]> {
    await this.#enterWorkspace.run(caller, workspaceId);
    return this.#alerts.list(workspaceId, ALERTS_MAX);
  }
}
