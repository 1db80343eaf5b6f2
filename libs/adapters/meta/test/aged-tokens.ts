import type { PlatformAdapter } from '@mooring/adapters-core';

/** Lets a token be renewed whose 24 hours aren't over: the contract renews at once what was established. */
export function aged(adapter: PlatformAdapter, before: () => Promise<void> = () => Promise.resolve()): PlatformAdapter {
  return {
    ...adapter,
    refresh: async (tokens) => {
      await before();
      return adapter.refresh({ ...tokens, access: { ...tokens.access, issuedAt: null } });
    },
  };
}
