import { createCipheriv, createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BlobMalformedError, InputInvalidError, KeyUnknownError, NotAuthenticError } from './errors.ts';
import { type DataKey, open, seal, type SealContext, sealedUnder } from './seal.ts';

const dataKey: DataKey = { id: '0192b3c4-data-key', key: createSecretKey(randomBytes(32)) };
const context: SealContext = {
  workspaceId: 'ws_1',
  owner: 'grant:0192b3c4',
  kind: 'access_token',
  generation: 7,
};
const token = Buffer.from('EAAB-canary-token');

const contexts = fc.record({
  workspaceId: fc.string({ maxLength: 64 }),
  owner: fc.string({ maxLength: 64 }),
  kind: fc.string({ maxLength: 32 }),
  generation: fc.nat(),
});

describe('seal and open', () => {
  it('give back what was sealed, for any bytes and any context', () => {
    const plaintexts = fc.uint8Array({ minLength: 1, maxLength: 4_096 });
    fc.assert(
      fc.property(plaintexts, contexts, (bytes, anyContext) => {
        const blob = seal(Buffer.from(bytes), dataKey, anyContext);
        expect(open(blob, dataKey, anyContext)).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('refuse a blob with any single bit flipped', () => {
    const blob = seal(token, dataKey, context);
    for (let bit = 0; bit < blob.length * 8; bit += 1) {
      const tampered = Buffer.from(blob);
      tampered[bit >> 3] = (tampered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => open(tampered, dataKey, context)).toThrow();
    }
  });

  it('refuse a blob cut at any length, and one with bytes added', () => {
    const blob = seal(token, dataKey, context);
    for (let length = 0; length < blob.length; length += 1) {
      expect(() => open(blob.subarray(0, length), dataKey, context)).toThrow();
    }
    expect(() => open(Buffer.concat([blob, Buffer.alloc(1)]), dataKey, context)).toThrow(NotAuthenticError);
  });

  it.each<[keyof SealContext, Partial<SealContext>]>([
    ['workspaceId', { workspaceId: 'ws_2' }],
    ['owner', { owner: 'grant:0192b3c5' }],
    ['kind', { kind: 'refresh_token' }],
    ['generation', { generation: 8 }],
  ])('bind %s into the ciphertext', (_, other) => {
    const blob = seal(token, dataKey, context);
    expect(() => open(blob, dataKey, { ...context, ...other })).toThrow(NotAuthenticError);
  });

  it('keep neighbouring fields apart: moving characters between them opens nothing', () => {
    fc.assert(
      fc.property(contexts, contexts, (left, right) => {
        fc.pre(JSON.stringify(left) !== JSON.stringify(right));
        expect(() => open(seal(token, dataKey, left), dataKey, right)).toThrow(NotAuthenticError);
      }),
    );
    const blob = seal(token, dataKey, { ...context, owner: 'ab', kind: 'c' });
    expect(() => open(blob, dataKey, { ...context, owner: 'a', kind: 'bc' })).toThrow(NotAuthenticError);
  });

  it('bind the data key id, also where the header is rewritten to fit', () => {
    const other: DataKey = { id: '0192b3c4-data-kez', key: dataKey.key };
    const blob = seal(token, dataKey, context);
    expect(() => open(blob, other, context)).toThrow(KeyUnknownError);
    const rewritten = Buffer.from(blob);
    rewritten.write(other.id, 7, 'utf8');
    expect(() => open(rewritten, other, context)).toThrow(NotAuthenticError);
  });

  it('refuse another key under the same id', () => {
    const other: DataKey = { id: dataKey.id, key: createSecretKey(randomBytes(32)) };
    expect(() => open(seal(token, dataKey, context), other, context)).toThrow(NotAuthenticError);
  });

  it('take a new nonce each time', () => {
    const blobs = new Set(Array.from({ length: 100 }, () => seal(token, dataKey, context).toString('hex')));
    expect(blobs.size).toBe(100);
  });

  it('refuse to seal nothing, too much, and a generation that is no whole number', () => {
    expect(() => seal(Buffer.alloc(0), dataKey, context)).toThrow(InputInvalidError);
    expect(() => seal(Buffer.alloc(64 * 1024 + 1), dataKey, context)).toThrow(InputInvalidError);
    expect(() => seal(token, dataKey, { ...context, generation: 1.5 })).toThrow(InputInvalidError);
    expect(() => seal(token, { id: 'short', key: createSecretKey(randomBytes(16)) }, context)).toThrow(
      InputInvalidError,
    );
  });

  it('name the data key without opening', () => {
    expect(sealedUnder(seal(token, dataKey, context))).toBe(dataKey.id);
    expect(() => sealedUnder(Buffer.from('not a blob at all, whatever it is'))).toThrow(BlobMalformedError);
  });

  it('tell nothing of token or key in an error', () => {
    const blob = seal(token, dataKey, context);
    try {
      open(blob, dataKey, { ...context, generation: 8 });
    } catch (error) {
      const told = JSON.stringify(error, Object.getOwnPropertyNames(error));
      expect(told).not.toContain('canary');
      expect(told).not.toContain(dataKey.key.export().toString('hex'));
    }
    expect.assertions(2);
  });
});

describe('the stored format', () => {
  // Built here byte by byte, with nothing of the library: data sealed by an earlier release must stay readable.
  const key = Buffer.from('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', 'hex');
  const known: DataKey = { id: 'dk-1', key: createSecretKey(key) };
  const knownContext: SealContext = { workspaceId: 'ws', owner: 'grant:g', kind: 'access_token', generation: 3 };
  const aad =
    '000000176d6f6f72696e67207365616c656420746f6b656e207631' + // mooring sealed token v1
    '00000004646b2d31' + // dk-1
    '000000027773' + // ws
    '000000076772616e743a67' + // grant:g
    '0000000c6163636573735f746f6b656e' + // access_token
    '0000000000000003';

  it('opens a known answer', () => {
    const nonce = Buffer.from('a0a1a2a3a4a5a6a7a8a9aaab', 'hex');
    const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 });
    cipher.setAAD(Buffer.from(aad, 'hex'));
    const ciphertext = Buffer.concat([cipher.update('secret-token'), cipher.final()]);
    const header = Buffer.from('4d534541' + '01' + '01' + '04' + '646b2d31', 'hex');
    const blob = Buffer.concat([header, nonce, ciphertext, cipher.getAuthTag()]);
    expect(open(blob, known, knownContext).toString()).toBe('secret-token');
    expect(blob.toString('hex')).toBe(KNOWN_ANSWER);
  });

  it('opens the stored known answer', () => {
    expect(open(Buffer.from(KNOWN_ANSWER, 'hex'), known, knownContext).toString()).toBe('secret-token');
  });
});

const KNOWN_ANSWER =
  '4d534541010104646b2d31a0a1a2a3a4a5a6a7a8a9aaab957d1f5f20bf2fcb0d0ee2bd51574182b1de7a349b5df5e4a6cbbcbb';
