import { textOf } from '../request-values.ts';
import type { Caller, GraphCall } from './call.ts';
import { withdrawConsent } from './consent.ts';
import { GraphError, invalidParameter } from './graph-error.ts';
import type { FacebookPerson } from './people.ts';

function checkMay(caller: Caller, person: FacebookPerson): void {
  if (caller.kind === 'app' || (caller.kind === 'user' && caller.person === person)) return;
  throw new GraphError({
    code: 200,
    status: 403,
    message: "(#200) The user hasn't authorized the application to perform this action",
  });
}

export function listPermissions(call: GraphCall, caller: Caller, person: FacebookPerson): unknown {
  checkMay(caller, person);
  const { permissions } = call.world.stateOf(person);
  const wanted = textOf(call.params, 'permission');
  const data = Object.entries(permissions)
    .filter(([permission]) => wanted === undefined || permission === wanted)
    .map(([permission, status]) => ({ permission, status }));
  return { data };
}

/** With a permission: that one only. Without: the app is taken out of the person's account, for every Page at once. */
export function deletePermissions(
  call: GraphCall,
  caller: Caller,
  person: FacebookPerson,
  permission: string | undefined,
): unknown {
  checkMay(caller, person);
  const { world } = call;
  if (permission === undefined) {
    withdrawConsent(world, person, 466);
  } else {
    const { permissions } = world.stateOf(person);
    if (permissions[permission] === undefined) throw invalidParameter(`(#100) Invalid permission: ${permission}`);
    permissions[permission] = 'declined';
    world.changed();
  }
  return world.state.switches.deletePermissionsAnswer === 'true' ? true : { success: true };
}
