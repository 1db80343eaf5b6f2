import { InputInvalidError } from './errors.ts';

const LENGTH_BYTES = 4;
const GENERATION_BYTES = 8;

function writeFields(fields: readonly string[], extraBytes: number): Buffer {
  const lengths = fields.map((field) => Buffer.byteLength(field, 'utf8'));
  const bytes = Buffer.alloc(lengths.reduce((sum, length) => sum + LENGTH_BYTES + length, extraBytes));
  let offset = 0;
  fields.forEach((field, index) => {
    offset = bytes.writeUInt32BE(lengths[index] ?? 0, offset);
    offset += bytes.write(field, offset, 'utf8');
  });
  return bytes;
}

/**
 * One canonical encoding of a list of texts: each as its UTF-8 length (unsigned, 32 bits, big-endian) and its bytes.
 * No two lists of well-formed texts share an encoding, whatever characters they hold.
 */
export function lengthPrefixed(fields: readonly string[]): Buffer {
  return writeFields(fields, 0);
}

/** As {@link lengthPrefixed}, and a whole number ≥ 0 in 8 bytes, big-endian, at the end. */
export function lengthPrefixedWithNumber(fields: readonly string[], number: number): Buffer {
  if (!Number.isSafeInteger(number) || number < 0) {
    throw new InputInvalidError('a generation is a whole number from 0 on');
  }
  const bytes = writeFields(fields, GENERATION_BYTES);
  bytes.writeBigUInt64BE(BigInt(number), bytes.length - GENERATION_BYTES);
  return bytes;
}
