import { provisionTestService, startTestPostgres } from '@mooring/persistence/testing';
import { startTcpProxy } from '../src/testing.ts';
import { describeBusConformance } from './conformance/describe-bus-conformance.ts';

describeBusConformance('the embedded log', {
  transport: 'embedded',
  whyNotMistreated: undefined,
  mustBeWhole: true,
  start: async () => {
    const calm = await startTestPostgres();
    const rough = await startTestPostgres();
    const calmUrls = await provisionTestService(calm, 'bus', []);
    const roughUrls = await provisionTestService(rough, 'bus', []);
    const proxy = await startTcpProxy({ host: '127.0.0.1', port: rough.port }, false);
    const proxied = new URL(roughUrls.url);
    proxied.port = String(proxy.port);
    return {
      calm: { address: { busDatabaseUrl: calmUrls.url }, adminAddress: { busDatabaseUrl: calmUrls.ddlUrl } },
      rough: {
        address: { busDatabaseUrl: proxied.href },
        adminAddress: { busDatabaseUrl: roughUrls.ddlUrl },
        begin: () => proxy.restart(),
        kill: () => proxy.kill(),
        restart: () => proxy.restart(),
        freeze: () => proxy.freeze(),
        thaw: () => proxy.thaw(),
      },
      stop: async () => {
        await proxy.close();
        await Promise.all([calm.stop(), rough.stop()]);
      },
    };
  },
});
