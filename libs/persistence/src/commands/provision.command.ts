// Makes schemas and roles under an administrator's URL: node dist/commands/provision.command.js
import { provision } from '../provision.ts';
import { provisionOfEnvironment } from './config.ts';

try {
  const options = provisionOfEnvironment();
  await provision(options);
  console.log(`schemas and roles are there: ${options.services.map(({ name }) => name).join(', ')}`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
