import type { GatewayTypes } from '@mooring/client';

type Schemas = GatewayTypes['schemas'];

export type Me = Schemas['Me'];
export type MyWorkspace = Schemas['MyWorkspace'];
export type Connection = Schemas['ConnectionView'];
export type ConnectionDetail = Schemas['ConnectionDetail'];
export type Summary = Schemas['ConnectionsSummary'];
export type HistoryEntry = Schemas['HistoryEntryView'];
export type Post = Schemas['PostView'];
export type PlatformOffer = Schemas['PlatformOffer'];
export type PlatformList = Schemas['PlatformList'];
export type ConnectOutcome = Schemas['ConnectOutcome'];
export type OfferedAccount = Schemas['OfferedAccountView'];
export type DisconnectPreview = Schemas['DisconnectPreview'];
export type Disconnected = Schemas['Disconnected'];
export type Status = Connection['status'];
