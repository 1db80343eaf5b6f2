import { startService } from '@mooring/runtime';
import { readSettings } from '../src/config.ts';
import { portsOf, vaultService } from '../src/service.ts';

/** Told by the parent: the vault's environment, then `heap`, then `stop`. */
export type VaultOrder = { readonly environment: Readonly<Record<string, string>> } | 'heap' | 'stop';

/** Told to the parent: ready, or the bytes that are still in use after a collection. */
export type VaultReport = { readonly ready: true } | { readonly heapBytes: number } | { readonly stopped: true };

let stop = (): Promise<unknown> => Promise.resolve();
const report = (message: VaultReport): void => void process.send?.(message);

process.on('message', (order: VaultOrder) => {
  void (async () => {
    if (order === 'heap') {
      globalThis.gc?.();
      return report({ heapBytes: process.memoryUsage().heapUsed });
    }
    if (order === 'stop') {
      await stop();
      report({ stopped: true });
      process.exit(0);
    }
    const settings = readSettings(order.environment);
    const service = await startService({ ...vaultService(), settings, listen: portsOf(settings) });
    stop = () => service.stop();
    report({ ready: true });
  })();
});
