declare const brand: unique symbol;

/** A string that only a parser or a generator of this type may make. */
export type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

/** UUID (version 7) of one connection: one account that a workspace publishes through. */
export type ConnectionId = Branded<string, 'ConnectionId'>;
/** UUID (version 7) of one grant: one consent of one person at one platform. */
export type GrantId = Branded<string, 'GrantId'>;
/** The product's own id of a workspace, `^[A-Za-z0-9_-]{1,64}$`. */
export type WorkspaceId = Branded<string, 'WorkspaceId'>;
/** The product's own id of a hub, `^[A-Za-z0-9_-]{1,64}$`. */
export type HubId = Branded<string, 'HubId'>;
/** UUID (version 7) of a connect session. */
export type ConnectSessionId = Branded<string, 'ConnectSessionId'>;
/** UUID (version 7) of one refresh or inspection of a grant. */
export type AttemptId = Branded<string, 'AttemptId'>;
/** UUID (version 7) of one disconnect. */
export type ReleaseId = Branded<string, 'ReleaseId'>;
/** UUID (version 7) of the time from a grant's first cut-off until everything is healed. */
export type EpisodeId = Branded<string, 'EpisodeId'>;
/** UUID of an event, the CloudEvents attribute `id`. */
export type EventId = Branded<string, 'EventId'>;

/** What a workspace or hub id may look like. */
export const TENANT_ID_PATTERN = /^[A-Za-z0-9_-]{1,64}$/;

/** A length of time in milliseconds; names of such values end in `Ms`. */
export type DurationMs = number;

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Milliseconds in `n` seconds. */
export const seconds = (n: number): DurationMs => n * SECOND_MS;
/** Milliseconds in `n` minutes. */
export const minutes = (n: number): DurationMs => n * MINUTE_MS;
/** Milliseconds in `n` hours. */
export const hours = (n: number): DurationMs => n * HOUR_MS;
/** Milliseconds in `n` days of 24 hours. */
export const days = (n: number): DurationMs => n * DAY_MS;
