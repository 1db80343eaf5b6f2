/** LinkedIn's answers don't say how far its daily limits are used; only its developer portal does. */
export function readUsage(): null {
  return null;
}
