import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

const gateway = 'http://127.0.0.1:4001';
const notifications = 'http://127.0.0.1:4005';
/** `vite dev` leaves everything but the page itself to a running edge. */
const edge = 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['@mooring/source', ...defaultClientConditions] },
  server: {
    proxy: {
      '/v1/live': notifications,
      '/v1/notifications': notifications,
      '/v1/alerts': notifications,
      '/v1': gateway,
      '/connect': gateway,
      '/config.json': edge,
    },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Inlined assets would need data: in font-src and script-src.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'look', test: /node_modules\/(@mantine|@floating-ui|@tabler)\// },
            { name: 'vendor', test: /node_modules\// },
          ],
        },
      },
      treeshake: {
        // The page takes a few tables from contracts, and neither its schemas nor their library.
        moduleSideEffects: (id) => !/libs\/(contracts|client)\//.test(id),
      },
    },
  },
});
