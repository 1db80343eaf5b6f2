import { startMockServices } from './services.ts';

/** `node test/mock/serve.ts`: mock services on the gateway's development port, for work on the page alone. */
const GATEWAY_PORT = 4001;
const services = await startMockServices(GATEWAY_PORT);
process.once('SIGINT', () => void services.stop());
process.once('SIGTERM', () => void services.stop());
