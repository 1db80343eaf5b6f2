/**
 * A platform's name as it stands in routes, events and tables, as `linkedin`. Which platforms there are is the adapter
 * registry's to say (`@mooring/adapters`), and nobody else's: a consumer must expect names that it doesn't know.
 */
export type Platform = string;

/** What is connected, as `facebook_page`: the entity type is a part of an account's identity. The registry lists them. */
export type ConnectionKind = string;

/** What the names of platforms and kinds look like. */
export const PLATFORM_PATTERN = /^[a-z][a-z0-9_]{0,31}$/;
/** As {@link PLATFORM_PATTERN}, for kinds of connections. */
export const CONNECTION_KIND_PATTERN = /^[a-z][a-z0-9_]{0,63}$/;

/** How a platform and its accounts are named to people. */
export interface PlatformNames {
  readonly name: string;
  /** What one manages there, plural, as in "doesn't manage any Pages yet". */
  readonly accounts: string;
}

/** What a connection may be good for (L-27). */
export const CAPABILITIES = ['publish', 'analytics', 'messages', 'ads', 'comments'] as const;
/** One of {@link CAPABILITIES}. */
export type Capability = (typeof CAPABILITIES)[number];

/** Whether what a capability needs was granted. `unknown`: the platform doesn't say; never taken for either (C36). */
export const CAPABILITY_STATES = ['granted', 'missing', 'unknown'] as const;
/** One of {@link CAPABILITY_STATES}. */
export type CapabilityState = (typeof CAPABILITY_STATES)[number];

/** One capability of a connection, with the scopes that it lacks. */
export interface CapabilityView {
  readonly capability: Capability;
  readonly state: CapabilityState;
  readonly missingScopes: readonly string[];
}

/** The scopes that each capability of one kind of connection needs; one that is absent can't be had there. */
export type ScopesByCapability = Readonly<Partial<Record<Capability, readonly string[]>>>;

/**
 * What a connection is good for, by its scopes.
 * @param needs the matrix row of its kind
 * @param granted the scopes that the platform says it has; null where the platform doesn't say
 */
export function capabilityViews(needs: ScopesByCapability, granted: readonly string[] | null): CapabilityView[] {
  return CAPABILITIES.flatMap((capability): CapabilityView[] => {
    const scopes = needs[capability];
    if (!scopes) return [];
    if (granted === null) return [{ capability, state: 'unknown', missingScopes: [] }];
    const missingScopes = scopes.filter((scope) => !granted.includes(scope));
    return [{ capability, state: missingScopes.length === 0 ? 'granted' : 'missing', missingScopes }];
  });
}
