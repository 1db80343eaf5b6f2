import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const CODE_BYTES = 32;
const CODE_PATTERN = /^[A-Za-z0-9_-]{43}$/;

/** 256 random bits as base64url: OAuth states, result codes, browser cookies. Only hashes of them are stored. */
export function newCode(): string {
  return randomBytes(CODE_BYTES).toString('base64url');
}

/** True for a text that can be one of our codes. */
export function isCode(text: unknown): text is string {
  return typeof text === 'string' && CODE_PATTERN.test(text);
}

/** What is stored of a code: SHA-256. The code itself has enough entropy, so that no slow hash is needed. */
export function hashOf(code: string): Buffer {
  return createHash('sha256').update(code).digest();
}

/** True where the code is the one that was hashed. */
export function isCodeOf(code: unknown, hash: Buffer | null): boolean {
  return isCode(code) && hash !== null && timingSafeEqual(hashOf(code), hash);
}
