/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    // Import cycles are run-time errors in ESM ("Cannot access 'X' before initialization") once decorators emit metadata.
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-app-to-app',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    { name: 'no-lib-to-app', severity: 'error', from: { path: '^libs/' }, to: { path: '^apps/' } },
    {
      name: 'lib-entry-points-only',
      severity: 'error',
      from: { path: '^((?:apps|libs)/(?:adapters/)?[^/]+)/' },
      to: {
        path: '^libs/(adapters/)?[^/]+/src/',
        pathNot: ['^$1/', '^libs/(adapters/)?[^/]+/src/(index|testing|clock|fault-points|openapi)\\.ts$'],
      },
    },
    {
      name: 'testing-helpers-in-tests-only',
      severity: 'error',
      from: {
        pathNot: ['\\.spec\\.ts$', '/src/testing(\\.ts$|/)', '/test/', '/bench/', '/conformance/', '^apps/workbench/'],
      },
      to: { path: '/src/testing\\.ts$' },
    },
    {
      name: 'adapters-and-crypto-know-no-framework',
      severity: 'error',
      from: { path: '^libs/(adapters|crypto)/' },
      to: { path: 'node_modules/(@nestjs|typeorm|kafkajs|pg|express|passport)' },
    },
    {
      name: 'kafkajs-stays-in-messaging',
      severity: 'error',
      from: { pathNot: ['^libs/messaging/', '^apps/workbench/', '\\.spec\\.ts$'] },
      to: { path: 'node_modules/kafkajs' },
    },
    {
      name: 'use-cases-know-no-edge',
      severity: 'error',
      from: {
        path: '^apps/(gateway|vault|scheduler|notifications)/src/',
        pathNot: [
          '\\.(controller|consumer|poller|command|spec|module)\\.ts$',
          '/main\\.ts$',
          '/app\\.ts$',
          '/controllers\\.ts$',
        ],
      },
      to: { path: '\\.(controller|consumer|poller|command)\\.ts$' },
    },
    {
      name: 'console-is-a-browser',
      severity: 'error',
      from: { path: '^apps/console/src/' },
      to: { path: '^libs/(?!client/)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^supertest/types' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['(^|/)dist/', '(^|/)dist-server/', '(^|/)dist-bench/', '(^|/)dist-conformance/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@mooring/source', 'import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs'],
    },
  },
};
