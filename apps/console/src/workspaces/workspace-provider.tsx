import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { MyWorkspace } from '../api/model.ts';
import { mayManage } from './roles.ts';

/** The workspace on the page, and the others that the person may enter. */
export interface CurrentWorkspace {
  readonly workspace: MyWorkspace;
  readonly workspaces: readonly MyWorkspace[];
  readonly choose: (id: string) => void;
  readonly canManage: boolean;
}

const WorkspaceContext = createContext<CurrentWorkspace | null>(null);

/** Gives the components below the current workspace. */
export function WorkspaceProvider(props: Omit<CurrentWorkspace, 'canManage'> & { readonly children: ReactNode }) {
  const { workspace, workspaces, choose } = props;
  const value = useMemo(
    () => ({ workspace, workspaces, choose, canManage: mayManage(workspace.role) }),
    [workspace, workspaces, choose],
  );
  return <WorkspaceContext value={value}>{props.children}</WorkspaceContext>;
}

/** The workspace of the nearest provider. */
export function useWorkspace(): CurrentWorkspace {
  const value = useContext(WorkspaceContext);
  if (!value) throw new Error('useWorkspace outside of WorkspaceProvider');
  return value;
}
