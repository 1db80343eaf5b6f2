import { returnAddress, ReturnUrls } from './return-url.ts';

describe('the list of return addresses', () => {
  it('is refused at boot where it holds plain http outside this machine, more than an origin, or no URL', () => {
    for (const entry of ['http://app.example.com', 'https://app.example.com/path', 'nonsense', 'javascript:alert(1)']) {
      expect(() => new ReturnUrls([entry])).toThrow(RangeError);
    }
    expect(
      () => new ReturnUrls(['https://app.example.com/', 'http://127.0.0.1:8080', 'exampleapp://back']),
    ).not.toThrow();
  });

  it('puts what the page needs into the fragment', () => {
    expect(returnAddress('https://app.example.com/x?y=1', 'id', 'code')).toBe(
      'https://app.example.com/x?y=1#session=id&result=code',
    );
  });
});
