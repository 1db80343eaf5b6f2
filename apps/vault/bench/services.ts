import { startService } from '@mooring/runtime';
import { readSettings } from '../src/config.ts';
import { portsOf, vaultService } from '../src/service.ts';
import { startBareService } from './bare-service.ts';

/** Told by the parent: settings of the vault, and the connections of the bare service; the vault has as many as by default. */
export interface ServicesOrder {
  readonly environment: Readonly<Record<string, string>>;
  readonly barePoolMax: number;
}

/** Told to the parent: where both listen. */
export interface ServicesAnswer {
  readonly vaultUrl: string;
  readonly bareUrl: string;
}

// One process for both, apart from the load generator; while one is measured the other is idle.
process.once('message', ({ environment, barePoolMax }: ServicesOrder) => {
  void (async () => {
    const settings = readSettings(environment);
    const service = await startService({ ...vaultService(), settings, listen: portsOf(settings) });
    const bareUrl = await startBareService(settings.DATABASE_URL.reveal(), settings.TRUSTED_ISSUERS, barePoolMax);
    const answer: ServicesAnswer = { vaultUrl: `http://127.0.0.1:${service.ports['tokens']}/v1/tokens`, bareUrl };
    process.send?.(answer);
  })();
});
