export { createSandbox, type Sandbox, type SandboxOptions } from './sandbox.ts';
export { readSettings } from './config.ts';
