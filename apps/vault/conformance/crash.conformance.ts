import { OneProcess } from './one-process.ts';
import { RealProcess } from './real-process.ts';
import { StrictWorld } from './strict-world.ts';
import type { Row } from './tally.ts';
import { VaultProcess } from './vault-process.ts';

const ROUNDS = 100;
/** So many of the rounds are played with a process of its own that is killed. */
const KILLED_OF_ROUNDS = 1 / 20;

/** A renewal that is cut short at every point that there is, against a platform whose refresh tokens are spent once. */
export async function run({ rounds = ROUNDS }: { readonly rounds: number | undefined }): Promise<Row[]> {
  const world = await StrictWorld.start();
  try {
    const killed = Math.max(1, Math.round(rounds * KILLED_OF_ROUNDS));
    return [...(await OneProcess.run(world, rounds)), ...(await new RealProcess(world).run(killed))];
  } finally {
    await VaultProcess.endAll();
    await world.stop();
  }
}
