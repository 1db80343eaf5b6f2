import type { ActorData } from '@mooring/contracts';
import type { DirectoryStore } from './ports.ts';

/** Somebody who asked for something earlier, by the name that the directory has now. Who is no member acts as hub admin. */
export async function actorOf(directory: DirectoryStore, workspaceId: string, subject: string): Promise<ActorData> {
  const member = await directory.member(workspaceId, subject);
  if (member) return { subject, name: member.name, onBehalfOfWorkspace: false };
  const workspace = await directory.workspace(workspaceId);
  const admin = workspace && (await directory.hubAdmin(workspace.hubId, subject));
  return { subject, name: admin?.name ?? null, onBehalfOfWorkspace: Boolean(admin) };
}
