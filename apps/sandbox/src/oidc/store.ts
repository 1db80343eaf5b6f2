import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

interface OidcEntry {
  payload: AdapterPayload;
  expiresAtMs: number | null;
}

/** Sessions, grants and refresh tokens by `<model>:<id>`. */
export type OidcEntries = Record<string, OidcEntry>;

/** oidc-provider's storage over one JSON document, so that a sign-in outlives a restart. */
export function oidcStore(entries: OidcEntries, changed: () => void): AdapterFactory {
  const live = (key: string): AdapterPayload | undefined => {
    const entry = entries[key];
    if (entry === undefined) return undefined;
    if (entry.expiresAtMs === null || entry.expiresAtMs > Date.now()) return entry.payload;
    delete entries[key];
    return undefined;
  };
  const search = (model: string, matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined => {
    const keys = Object.keys(entries).filter((key) => key.startsWith(`${model}:`));
    return keys.map(live).find((payload) => payload !== undefined && matches(payload));
  };
  const sweep = (): void => Object.keys(entries).forEach((key) => live(key));

  return (model: string): Adapter => ({
    upsert(id, payload, expiresIn) {
      if (model === 'Session') sweep();
      const expiresAtMs = expiresIn === undefined ? null : Date.now() + expiresIn * 1000;
      entries[`${model}:${id}`] = { payload, expiresAtMs };
      changed();
      return Promise.resolve();
    },
    find: (id) => Promise.resolve(live(`${model}:${id}`)),
    findByUid: (uid) => Promise.resolve(search(model, (payload) => payload.uid === uid)),
    findByUserCode: (code) => Promise.resolve(search(model, (payload) => payload.userCode === code)),
    consume(id) {
      const payload = live(`${model}:${id}`);
      if (payload !== undefined) payload.consumed = Math.floor(Date.now() / 1000);
      changed();
      return Promise.resolve();
    },
    destroy(id) {
      delete entries[`${model}:${id}`];
      changed();
      return Promise.resolve();
    },
    revokeByGrantId(grantId) {
      for (const [key, entry] of Object.entries(entries)) {
        if (entry.payload.grantId === grantId) delete entries[key];
      }
      changed();
      return Promise.resolve();
    },
  });
}
