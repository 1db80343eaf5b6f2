import { createCipheriv, createSecretKey, type KeyObject, randomBytes, randomFillSync } from 'node:crypto';
import { type DataKey, seal, type SealContext } from '../src/index.ts';

/** One measured value beside its baseline of the same run. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline: number;
  readonly ratio: number;
  readonly goal: string;
  readonly holds: boolean;
}

const TOKEN_BYTES = 2_048;
const ROUNDS = 61;
const PER_ROUND = 1_000;
const WARM_UP_ROUNDS = 5;
const RATIO_MAX = 1.5;

/** The bytes that `seal` authenticates, written here independently, so that both sides do the same work. */
function associatedData(dataKeyId: string, context: SealContext): Buffer {
  const { workspaceId, owner, kind, generation } = context;
  const fields = ['mooring sealed token v1', dataKeyId, workspaceId, owner, kind].flatMap((field) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(Buffer.byteLength(field));
    return [length, Buffer.from(field)];
  });
  const number = Buffer.alloc(8);
  number.writeBigUInt64BE(BigInt(generation));
  return Buffer.concat([...fields, number]);
}

function bareSeal(plaintext: Buffer, key: KeyObject, aad: Buffer): readonly Buffer[] {
  const nonce = randomFillSync(Buffer.alloc(12));
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 });
  cipher.setAAD(aad);
  return [nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()];
}

function microsecondsEach(work: () => unknown): number {
  const startedAt = process.hrtime.bigint();
  for (let turn = 0; turn < PER_ROUND; turn += 1) work();
  return Number(process.hrtime.bigint() - startedAt) / 1_000 / PER_ROUND;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

/** Seals a 2 KB token under an unwrapped data key, against bare AES-256-GCM with the same associated data, in turns. */
export function run(): { readonly name: 'seal'; readonly figures: readonly Figure[] } {
  const dataKey: DataKey = { id: '01936f3e-7b1c-7d3a-9f00-4a1b2c3d4e5f', key: createSecretKey(randomBytes(32)) };
  const context: SealContext = {
    workspaceId: 'workspace_1',
    owner: 'connection:01936f3e-7b1c-7d3a-9f00-4a1b2c3d4e60',
    kind: 'page_token',
    generation: 12,
  };
  const token = randomBytes(TOKEN_BYTES);
  const aad = associatedData(dataKey.id, context);
  const sealed: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS + WARM_UP_ROUNDS; round += 1) {
    const bareMicroseconds = microsecondsEach(() => bareSeal(token, dataKey.key, aad));
    const sealMicroseconds = microsecondsEach(() => seal(token, dataKey, context));
    if (round < WARM_UP_ROUNDS) continue;
    bare.push(bareMicroseconds);
    sealed.push(sealMicroseconds);
  }
  const value = median(sealed);
  const baseline = median(bare);
  const ratio = value / baseline;
  const figure = {
    what: 'seal a 2 KB token under an unwrapped data key, random nonce',
    value: Number(value.toFixed(2)),
    unit: 'µs',
    baseline: Number(baseline.toFixed(2)),
    ratio: Number(ratio.toFixed(2)),
    goal: `at most ${RATIO_MAX} × bare AES-256-GCM with the same associated data`,
    holds: ratio <= RATIO_MAX,
  };
  return { name: 'seal', figures: [figure] };
}
