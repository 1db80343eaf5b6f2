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

  it('lets web pages in by exact origin and custom schemes by the whole address, however they are dressed', () => {
    const list = new ReturnUrls(['https://app.example.com', 'exampleapp://back']);
    for (const good of ['https://app.example.com/x?y=1', 'HTTPS://APP.EXAMPLE.COM:443/', 'exampleapp://back']) {
      expect(() => list.check(good)).not.toThrow();
    }
    for (const bad of [
      'https://app.example.com@evil.example/',
      'https://app.example.com:x@evil.example/',
      'https://app.example.com.evil.example/',
      'https://app.example.com:8443/',
      'https:\\\\evil.example\\app.example.com',
      '//app.example.com/',
      '/\\app.example.com/',
      'http://app.example.com/',
      'https://app.example.com/#x',
      'https://app.exampl\u0435.com/',
      'blob:https://app.example.com/0f3a',
      'exampleapp://back/more',
      'EXAMPLEAPP://back',
      'javascript:alert(1)',
    ]) {
      expect(() => list.check(bad)).toThrow(expect.objectContaining({ code: 'return_url_not_allowed' }));
    }
  });

  it('sends browsers to an address that a header can carry', () => {
    const address = returnAddress('https://app.example.com/konten/\u00fcbersicht?q=\u65e5\n', 'id', 'code');
    expect(address).toBe('https://app.example.com/konten/%C3%BCbersicht?q=%E6%97%A5#session=id&result=code');
    expect(returnAddress('exampleapp://back', 'id', 'code')).toBe('exampleapp://back#session=id&result=code');
  });

  it('puts what the page needs into the fragment', () => {
    expect(returnAddress('https://app.example.com/x?y=1', 'id', 'code')).toBe(
      'https://app.example.com/x?y=1#session=id&result=code',
    );
  });
});
