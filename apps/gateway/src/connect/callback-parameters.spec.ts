import { readCallbackParameters } from './callback-parameters.ts';

describe('parameters of a platform’s redirect', () => {
  it('names what platforms have in common and keeps the rest by its own name, without the state', () => {
    expect(readCallbackParameters({ code: 'c', state: 's', scopes: 'user.info.basic', errCode: '' })).toEqual({
      code: 'c',
      rest: { scopes: 'user.info.basic' },
    });
    expect(
      readCallbackParameters({ error: 'user_cancelled_login', error_description: 'The user', state: 's' }),
    ).toEqual({ error: 'user_cancelled_login', errorDescription: 'The user' });
  });

  it('leaves out what comes twice, nested or far too long', () => {
    expect(readCallbackParameters({ code: ['a', 'b'], error: { a: 'b' }, x: 'y'.repeat(4_001) })).toEqual({});
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`p${i}`, 'v']));
    expect(Object.keys(readCallbackParameters(many).rest ?? {})).toHaveLength(30);
  });
});
