import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const NAMES = [
  'postgresPassword',
  'servicePassword',
  'migrationPassword',
  'gatewayKeyEncryptionKey',
  'vaultKeyEncryptionKey',
  'publisherSecret',
  'directorySecret',
  'gatewaySecret',
] as const;

/** What a development stack must keep between two starts. */
export type StackSecrets = Readonly<Record<(typeof NAMES)[number], string>>;

/** Reads the stack's secrets, or makes them: 256 random bits each, in a file that only its owner may read. */
export async function stackSecrets(directory: string): Promise<StackSecrets> {
  const file = join(directory, 'secrets.json');
  const found = JSON.parse(await readFile(file, 'utf8').catch(() => '{}')) as Partial<StackSecrets>;
  const secrets = Object.fromEntries(
    NAMES.map((name) => [name, found[name] ?? randomBytes(32).toString('hex')]),
  ) as StackSecrets;
  await writeFile(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
}
