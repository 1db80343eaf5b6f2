import { describe, expect, it } from '@jest/globals';
import { PermanentError, PoisonError } from '../errors.ts';
import { failureOf, scrubMessage } from './failure.ts';

describe('failureOf', () => {
  it('tells permanent from transient by class, never by text', () => {
    expect(failureOf(new PermanentError('x')).isPermanent).toBe(true);
    expect(failureOf(new PoisonError('unknown_type', 'x'))).toMatchObject({
      isPermanent: true,
      errorClass: 'unknown_type',
    });
    expect(failureOf(new TypeError('permanent'))).toMatchObject({ isPermanent: false, errorClass: 'TypeError' });
    expect(failureOf('a string')).toMatchObject({ isPermanent: false, errorClass: 'unknown', message: 'a string' });
  });
});

describe('scrubMessage', () => {
  it.each([
    ['Authorization: Bearer abc.def', 'Authorization: Bearer [redacted]'],
    ['GET /x?access_token=abc&code=def', 'GET /x?access_token=[redacted]&code=[redacted]'],
    ['duplicate key value violates "a_key"', 'duplicate key value violates "a_key"'],
    ['refused EAABsbCS1iHgBAKZCZCZCZAbcdef0123456789', 'refused [redacted]'],
    [
      'connection 0198a7c2-7d5e-7c3a-9b1e-3f2a1b0c9d8e is gone',
      'connection 0198a7c2-7d5e-7c3a-9b1e-3f2a1b0c9d8e is gone',
    ],
  ])('leaves no secret in %j', (text, scrubbed) => {
    expect(scrubMessage(text)).toBe(scrubbed);
  });

  it('keeps at most 1 KB and cuts between characters', () => {
    const scrubbed = scrubMessage('ä '.repeat(2_000));
    expect(Buffer.byteLength(scrubbed)).toBeLessThanOrEqual(1_024);
    expect(scrubbed).not.toContain('\ufffd');
  });
});
