import { needleFinder } from './leak-scan.ts';

const canaries = { markers: ['CANARY'], values: ['short', 'EAABxyzCANARYabcdef', 'an-authorization-code-1'] };

describe('A6 C90 the leak scan', () => {
  const find = needleFinder(canaries, { gatewaySecret: 'f00dfeedf00dfeed' });

  it.each([
    ['a token in a log line', '{"msg":"calling","url":"/me?access_token=EAABxyzCANARYabcdef"}'],
    ['a marker alone', 'something CANARY something'],
    ['a code that bears no marker', 'code=an-authorization-code-1'],
    ['a secret of the stack', 'Basic f00dfeedf00dfeed'],
    ['a token in base64, as in a Basic header or a copied blob', Buffer.from('EAABxyzCANARYabcdef').toString('base64')],
    ['a token in hexadecimal', Buffer.from('EAABxyzCANARYabcdef').toString('hex')],
    ['a token in a query that was encoded', encodeURIComponent('an-authorization-code-1').replace('-', '%2D')],
  ])('finds %s', (_, text) => {
    expect(find(text).length).toBeGreaterThan(0);
  });

  it('finds nothing in what is clean', () => {
    expect(find('{"msg":"connected","account":"Harbour Café"}')).toEqual([]);
  });
});
