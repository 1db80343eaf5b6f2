import { migrate } from '@mooring/persistence';
import { readMigrationSettings } from './config.ts';
import { MIGRATIONS } from './migrations/index.ts';

const { MIGRATION_DATABASE_URL: url } = readMigrationSettings();
const ran = await migrate({ url, schema: 'gateway', migrations: MIGRATIONS });
process.stdout.write(`gateway: ${ran.length === 0 ? 'nothing to migrate' : ran.join(', ')}\n`);
