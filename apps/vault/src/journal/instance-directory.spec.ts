import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InstanceDirectory } from './instance-directory.ts';

let root: string;
beforeEach(async () => void (root = await mkdtemp(join(tmpdir(), 'mooring-instances-'))));
afterEach(() => rm(root, { recursive: true, force: true }));

async function instance(inRoot = root): Promise<string> {
  const instanceId = randomUUID();
  await mkdir(join(inRoot, instanceId), { recursive: true });
  return instanceId;
}

describe('instances of a journal', () => {
  it('C18 are dead where nobody listens any more, and live as long as their process does', async () => {
    const [self, other] = [new InstanceDirectory(root), new InstanceDirectory(root)];
    await Promise.all([self.open(), other.open()]);
    const without = await instance();
    expect(await self.dead()).toEqual([without]);
    await other.close();
    expect((await self.dead()).sort()).toEqual([without, other.instanceId].sort());
    await self.close();
  });

  it('C18 make their directory anew where it was removed beneath them', async () => {
    const [self, other] = [new InstanceDirectory(root), new InstanceDirectory(root)];
    await Promise.all([self.open(), other.open()]);
    await rm(self.path, { recursive: true });
    await Promise.all([self.open(), self.open()]);
    await access(self.path, constants.W_OK);
    expect(await other.dead()).toEqual([]);
    await Promise.all([self.close(), other.close()]);
  });

  it('C18 are left alone where the look at them fails for a reason of our own', async () => {
    // Longer than the address of a socket may be.
    const deep = join(root, 'x'.repeat(100));
    await instance(deep);
    const notADirectory = join(root, 'file');
    await mkdir(notADirectory);
    await writeFile(join(notADirectory, randomUUID()), '');
    expect(await new InstanceDirectory(deep).dead()).toEqual([]);
    expect(await new InstanceDirectory(notADirectory).dead()).toEqual([]);
  });
});
