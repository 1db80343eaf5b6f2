export { describePlatformAdapter } from './testing/adapter-contract.ts';
export type { AdapterContract, ContractErrorRow, PlayedPlatform } from './testing/played-platform.ts';
export { exchangedTokens } from './testing/exchanged-tokens.ts';
export { type FaultProxy, type PlatformFault, startFaultProxy } from './testing/fault-proxy.ts';
