// Makes the topics that are missing: node dist/commands/topics.command.js
import { consumerGroups, ensureTopics } from '../topics.ts';
import { busOfEnvironment, replicationFactorOfEnvironment } from './config.ts';

try {
  const replicationFactor = replicationFactorOfEnvironment();
  const made = await ensureTopics(busOfEnvironment('mooring-topics'), consumerGroups(), { replicationFactor });
  console.log(made.length === 0 ? 'every topic is there' : `made ${made.length} topics:\n${made.join('\n')}`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
