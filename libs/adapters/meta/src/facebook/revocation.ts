import { PlatformFailure } from '@mooring/adapters-core';
import { type Graph, refusalOfApp } from './graph.ts';
import { RevokeAnswer } from '../graph/schemas.ts';

/** Refusals of a revocation that mean there is nothing left to revoke. */
const ALREADY_REVOKED = new Set(['190/458', '190/466', '200']);

/**
 * Takes the whole consent of a person back, with the app's own token, so that it works with a dead user token too. It ends every
 * token of that person for the app: ask only when no connection of any workspace draws on it any more.
 */
export async function revoke(graph: Graph, url: string, subjectId: string): Promise<'revoked'> {
  // An empty id would address another edge.
  if (!/^\d{1,32}$/.test(subjectId))
    throw new PlatformFailure({ class: 'unexpected', detail: 'no such person at Facebook' });
  try {
    const answer = await graph.asApp('DELETE', { url, schema: RevokeAnswer, what: 'permissions' });
    if (answer === true || (typeof answer === 'object' && answer.success)) return 'revoked';
  } catch (error) {
    if (error instanceof PlatformFailure && ALREADY_REVOKED.has(error.platformCode ?? '')) return 'revoked';
    throw refusalOfApp(error);
  }
  throw new PlatformFailure({ class: 'unexpected', detail: 'Facebook did not take the consent back' });
}
