export { createSandbox, type Sandbox, type SandboxOptions } from './sandbox.ts';
export { defaultSettings, readSettings, type SandboxSettings } from './config.ts';
