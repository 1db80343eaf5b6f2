import { textOf } from '../request-values.ts';
import type { Caller, GraphCall } from './call.ts';
import { parseFields, pickFields, type FieldTree } from './fields.ts';
import { GraphError, missingObject } from './graph-error.ts';
import { pageOf } from './paging.ts';
import { adAccountById, type AdAccount } from './ad-accounts.ts';
import type { FacebookPerson } from './people.ts';

const READING = ['ads_read', 'ads_management'];

function fieldsOf(call: GraphCall, otherwise: string): FieldTree {
  return parseFields(textOf(call.params, 'fields') ?? otherwise);
}

function requireAds(call: GraphCall, person: FacebookPerson): void {
  if (READING.some((permission) => call.world.has(person, permission))) return;
  throw new GraphError({
    code: 200,
    status: 403,
    message: '(#200) Ad account owner has NOT grant ads_management or ads_read permission',
  });
}

function requireUser(caller: Caller, id: string): FacebookPerson {
  if (caller.kind !== 'user') throw missingObject(id);
  return caller.person;
}

function accountNode(person: FacebookPerson, account: AdAccount): Record<string, unknown> {
  const [business] = person.businesses;
  return {
    id: `act_${account.id}`,
    account_id: account.id,
    name: account.name,
    account_status: account.status,
    currency: account.currency,
    timezone_name: 'Europe/Berlin',
    ...(account.status === 2 ? { disable_reason: 1 } : {}),
    ...(business === undefined ? {} : { business: { id: business.id, name: business.name } }),
  };
}

export function listAdAccounts(call: GraphCall, caller: Caller, person: FacebookPerson): unknown {
  requireUser(caller, person.asid);
  requireAds(call, person);
  const fields = fieldsOf(call, 'account_id,id');
  return pageOf(call, `${person.asid}/adaccounts`, call.world.adAccountsOf(person), (account) =>
    pickFields(accountNode(person, account), fields),
  );
}

function requireAccount(call: GraphCall, caller: Caller, id: string): { person: FacebookPerson; account: AdAccount } {
  const person = requireUser(caller, id);
  const account = adAccountById(id);
  if (account === undefined || !call.world.adAccountsOf(person).includes(account)) throw missingObject(id);
  requireAds(call, person);
  return { person, account };
}

export function readAdAccount(call: GraphCall, caller: Caller, id: string): unknown {
  const { person, account } = requireAccount(call, caller, id);
  return pickFields(accountNode(person, account), fieldsOf(call, 'account_id,id'));
}

export function listPixels(call: GraphCall, caller: Caller, id: string): unknown {
  const { account } = requireAccount(call, caller, id);
  const fields = fieldsOf(call, 'id');
  return pageOf(call, `${id}/adspixels`, account.pixels, (pixel) => pickFields(pixelNode(account, pixel), fields));
}

function pixelNode(account: AdAccount, pixel: AdAccount['pixels'][number]): Record<string, unknown> {
  const { id, name } = account;
  return { ...pixel, is_unavailable: false, owner_ad_account: { id: `act_${id}`, account_id: id, name } };
}

/** A pixel read by its own id. */
export function readPixel(call: GraphCall, caller: Caller, id: string): unknown {
  const person = requireUser(caller, id);
  for (const account of call.world.adAccountsOf(person)) {
    const pixel = account.pixels.find((candidate) => candidate.id === id);
    if (pixel === undefined) continue;
    requireAds(call, person);
    return pickFields(pixelNode(account, pixel), fieldsOf(call, 'id'));
  }
  throw missingObject(id);
}
