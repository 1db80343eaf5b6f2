const KEY = 'mooring.workspace';

/** The workspace that this browser showed last. */
export function rememberedWorkspace(): string | null {
  try {
    return window.localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Remembers a workspace for the next visit; a browser that keeps nothing simply starts with the first. */
export function rememberWorkspace(id: string): void {
  try {
    window.localStorage.setItem(KEY, id);
  } catch {
    return;
  }
}
