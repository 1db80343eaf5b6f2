// Lists, shows and replays what consumers gave up on.
import { parseArgs } from 'node:util';
import { DeadLetters } from '../dead-letters.ts';
import { busOfEnvironment } from './config.ts';

const USAGE = `node dist/commands/dead-letters.command.js
  list [--group GROUP] [--type TYPE] [--all]   what waits, oldest first; --all with those that were sent back
  show ID                                      one of them with its headers and value
  replay ID [ID …]                             sends them back to the group that failed, and to it alone`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { group: { type: 'string' }, type: { type: 'string' }, all: { type: 'boolean', default: false } },
});
const [verb, ...ids] = positionals;

async function run(letters: DeadLetters): Promise<number> {
  if (verb === 'list') {
    const { group, type, all } = values;
    const filter = { ...(group ? { group } : {}), ...(type ? { type } : {}), includeReplayed: all };
    for (const letter of await letters.list(filter)) console.log(JSON.stringify(letter));
    return 0;
  }
  if (verb === 'show' && ids[0]) {
    const found = await letters.inspect(ids[0]);
    if (!found) return 1;
    console.log(JSON.stringify({ ...found, value: found.value.toString('utf8') }, null, 2));
    return 0;
  }
  if (verb === 'replay' && ids.length > 0) {
    const sent = await letters.replay(ids);
    console.log(`sent back ${sent.length} of ${ids.length}`);
    return sent.length === ids.length ? 0 : 1;
  }
  console.error(USAGE);
  return 2;
}

let letters: DeadLetters | undefined;
try {
  letters = new DeadLetters(busOfEnvironment('mooring-dead-letters'));
  process.exitCode = await run(letters);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
} finally {
  await letters?.close();
}
