import { Type } from '@sinclair/typebox';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mapBounded } from './map-bounded.ts';
import { guardAnswer, parsePlatformJson } from './platform-json.ts';
import { scrubText } from './scrub-text.ts';
import { readBearerAnswer, readSeconds } from './token-answer.ts';
import { isUsableToken, readToken } from './tokens.ts';

describe('JSON of a platform', () => {
  it('keeps ids beyond 2^53 digit by digit', () => {
    expect(parsePlatformJson('{"user_id":17841400000000001,"n":5177,"f":1.5,"d":[9007199254740993]}')).toEqual({
      user_id: '17841400000000001',
      n: 5177,
      f: 1.5,
      d: ['9007199254740993'],
    });
  });

  it.each(['', '<html>EAAsecret</html>', '{"access_token":"EAAsecret', 'access_token=EAAsecret'])(
    'takes %p for transient and quotes none of it',
    (text) => {
      expect(() => parsePlatformJson(text)).toThrow(
        expect.objectContaining({ class: 'transient', cause: undefined, message: expect.not.stringContaining('EAA') }),
      );
    },
  );

  it('names the place that is not as documented, and no value', () => {
    const schema = Type.Object({ data: Type.Array(Type.Object({ id: Type.String() })) });
    expect(() => guardAnswer(schema, { data: [{ id: { a: 'EAAsecret' } }] }, 'list')).toThrow(
      expect.objectContaining({ class: 'unexpected', message: 'list is not as documented at /data/0/id' }),
    );
  });
});

describe('the life of a token', () => {
  it.each([7_200, '5184000', 5_183_944])('is read from %p', (value) => {
    expect(readSeconds(value)).toBe(Number(value));
  });

  it.each([0, -1, 1.5, NaN, '', 'soon', '1e3', null, undefined, 978_307_200, Number.MAX_SAFE_INTEGER, '999999999999'])(
    'C10 is not known from %p',
    (value) => {
      expect(readSeconds(value)).toBeNull();
      const tokens = readBearerAnswer({ access_token: 'at1', expires_in: value, refresh_token_expires_in: value });
      expect(tokens).toMatchObject({ expiresInSeconds: null, refreshExpiresInSeconds: null });
    },
  );
});

describe('tokens in answers', () => {
  it.each([
    '',
    ' ',
    '\n',
    'undefined',
    'undefined___1789',
    'null',
    'NaN',
    '[object Object]',
    'a b',
    undefined,
    null,
    7,
    {},
  ])('C38 C87 refuses %p', (value) => {
    expect(isUsableToken(value)).toBe(false);
    expect(() => readToken(value, 'token answer')).toThrow(expect.objectContaining({ class: 'unexpected' }));
  });

  it.each(['EAAB1', 'nullable9', 'undefinedness', 'a-b_c|d.e~'])('takes %p', (value) => {
    expect(readToken(value, 'token answer').reveal()).toBe(value);
  });
});

describe('scrubText', () => {
  it('keeps the words and the scope names', () => {
    const text =
      "(#100) Object requires the 'pages_read_user_content' permission or the 'Page Public Content Access' feature.";
    expect(scrubText(text)).toBe(text);
  });

  it('removes URLs, named secrets, long numbers and line breaks', () => {
    expect(
      scrubText(
        'see https://graph.facebook.com/v25.0/me?access_token=EAA1\nuser 10150000000000001 code=ab1 id 4900000',
      ),
    ).toBe('see [url] user [removed] code=[removed] id [number]');
  });

  it('C90 lets no token through, wherever it stands', () => {
    const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-'];
    const token = fc
      .string({ unit: fc.constantFrom(...alphabet), minLength: 16, maxLength: 300 })
      .map((tail) => `EAA${tail}`);
    fc.assert(
      fc.property(fc.string(), token, fc.string(), (before, secret, after) => {
        const text = scrubText(`${before} ${secret} ${after}`);
        expect(text).not.toContain(secret);
        expect(text.length).toBeLessThanOrEqual(300);
      }),
    );
  });
});

describe('mapBounded', () => {
  it('keeps the order and the bound', async () => {
    let open = 0;
    let most = 0;
    const results = await mapBounded([1, 2, 3, 4, 5, 6, 7], 3, async (n) => {
      most = Math.max(most, ++open);
      await new Promise(setImmediate);
      open -= 1;
      return n * 2;
    });
    expect(results).toEqual([2, 4, 6, 8, 10, 12, 14]);
    expect(most).toBe(3);
  });

  it('begins nothing more after a failure', async () => {
    const begun: number[] = [];
    const mapping = mapBounded([1, 2, 3, 4, 5, 6], 2, async (n) => {
      begun.push(n);
      await new Promise(setImmediate);
      if (n === 2) throw new Error('two');
    });
    await expect(mapping).rejects.toThrow('two');
    expect(begun.length).toBeLessThanOrEqual(3);
  });
});
